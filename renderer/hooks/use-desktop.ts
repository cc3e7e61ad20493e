import { createContext, useContext } from 'react'
import type { DesktopState } from '#shared/ipc/desktop.ts'
import type { Desktop } from '../lib/desktop.ts'
import { createStore } from '../lib/store.ts'
import { useStore } from './use-store.ts'

/** The desktop app around the page; null in a browser. Provided once, at the root. */
export const DesktopContext = createContext<Desktop | null>(null)

/** What only the desktop app can do; null in a browser. */
export function useDesktop(): Desktop | null {
  return useContext(DesktopContext)
}

const NOWHERE = createStore<DesktopState | null>(null)

/** How the desktop app stands; null in a browser, and until it is known. */
export function useDesktopState(): DesktopState | null {
  return useStore(useDesktop()?.state ?? NOWHERE)
}
