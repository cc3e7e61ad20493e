import { DirectionProvider, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { assertNever } from '#shared/util/assert-never.ts'
import { ErrorBoundary } from '../components/error-boundary.tsx'
import { FullScreenMessage } from '../components/full-screen-message.tsx'
import { AccessLostPage } from '../features/access-lost/access-lost-page.tsx'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import { StorageLockedPage } from '../features/storage-locked/storage-locked-page.tsx'
import { DesktopContext } from '../hooks/use-desktop.ts'
import { ReplicaContext, SignedInContext, useReplica } from '../hooks/use-replica.ts'
import { useStore } from '../hooks/use-store.ts'
import type { Desktop } from '../lib/desktop.ts'
import type { ReplicaModel } from '../lib/replica-model.ts'
import { spoken } from '../texts/spoken.ts'
import { DesktopGate } from './desktop-gate.tsx'
import { Shell } from './shell.tsx'
import { strings } from './strings.ts'
import { cssVariables, theme } from './theme.ts'

/** The whole app: theme, providers, and the screen that fits the session. */
export function App({ model, desktop }: { readonly model: ReplicaModel; readonly desktop: Desktop | null }) {
  return (
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <ErrorBoundary fallback={<Crash />}>
          <ReplicaContext value={model}>
            <Router hook={useHashLocation}>
              <DesktopContext value={desktop}>
                <DesktopGate>
                  <ModalsProvider labels={{ confirm: strings.actions.save, cancel: strings.actions.cancel }}>
                    <SessionGate />
                    <section aria-label={strings.messages}>
                      <Notifications position="bottom-center" limit={4} withinPortal={false} />
                    </section>
                  </ModalsProvider>
                </DesktopGate>
              </DesktopContext>
            </Router>
          </ReplicaContext>
        </ErrorBoundary>
      </MantineProvider>
    </DirectionProvider>
  )
}

function SessionGate() {
  const session = useStore(useReplica().session)
  switch (session.kind) {
    case 'starting':
      // The replica opens in a moment; a spinner would only flash.
      return <main aria-busy="true" />
    case 'crashed':
      return <Crash />
    case 'unavailable':
      return (
        <FullScreenMessage
          title={strings.unavailable.title}
          body={spoken(session.error.message)}
          action={strings.actions.tryAgain}
          onAction={() => window.location.reload()}
        />
      )
    case 'signedOut':
      return <SignInPage />
    case 'accessLost':
      return <AccessLostPage lost={session} />
    case 'locked':
      return <StorageLockedPage locked={session} />
    case 'signedIn':
      return (
        <SignedInContext value={session}>
          <Shell />
        </SignedInContext>
      )
    default:
      return assertNever(session)
  }
}

function Crash() {
  return (
    <FullScreenMessage
      title={strings.crash.title}
      body={strings.crash.body}
      action={strings.crash.reload}
      onAction={() => window.location.reload()}
    />
  )
}
