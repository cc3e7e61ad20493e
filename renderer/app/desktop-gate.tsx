import { ModalsProvider } from '@mantine/modals'
import type { ReactNode } from 'react'
import { FirstRunPage } from '../features/first-run/first-run-page.tsx'
import { LockPage } from '../features/lock/lock-page.tsx'
import { useDesktop, useDesktopState } from '../hooks/use-desktop.ts'

/**
 * In the desktop app, what comes before the screens: choosing a server, and the PIN. In a browser, nothing.
 * Dialogs and messages are among the children: while the app is locked none of them is on the page.
 */
export function DesktopGate({ children }: { readonly children: ReactNode }) {
  const desktop = useDesktop()
  const state = useDesktopState()
  if (desktop === null) return children
  if (state === null) return <main aria-busy="true" />
  if (state.server === null) return <FirstRunPage desktop={desktop} />
  if (!state.lock.isLocked) return children
  return (
    // By its key another one than that of the screens: a dialog of theirs must not outlive them.
    <ModalsProvider key="locked">
      <LockPage desktop={desktop} />
    </ModalsProvider>
  )
}
