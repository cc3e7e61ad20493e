import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../app/strings.ts'
import { routes } from '../lib/routes.ts'
import { useReplica } from './use-replica.ts'

const words = strings.signOut

const toast = (message: string): string => notifications.show({ color: 'red', title: words.failed, message })

/** Signs out. Asks only when edits would be lost by it, and says how many; `tell` hears why it failed. */
export function useSignOut(tell: (message: string) => void = toast): () => Promise<void> {
  const { client, session, sync } = useReplica()
  const [, navigate] = useLocation()
  return useCallback(async () => {
    async function leave(discardUnsent: boolean): Promise<void> {
      try {
        const answer = await client.request('session.signOut', { discardUnsent })
        if (answer.ok) {
          // The next person starts at the front, not at somebody else's customer.
          navigate(routes.customers, { replace: true })
          // Nor reads what was done before.
          notifications.clean()
          session.set({ kind: 'signedOut' })
        } else if (answer.error.code === 'unsent') await confirmLoss()
        else tell(answer.error.message)
      } catch {
        tell(words.failed)
      }
    }

    /** Those of the open company, and those that wait in companies that are not open. */
    async function confirmLoss(): Promise<void> {
      const { waiting, attention } = session.get().kind === 'signedIn' ? sync.get() : { waiting: 0, attention: 0 }
      const elsewhere = (await client.request('session.companies', null)).reduce((sum, { unsent }) => sum + unsent, 0)
      const count = Math.max(1, waiting + attention + elsewhere)
      modals.openConfirmModal({
        title: words.title,
        children: [words.body(count), ' ', words.advice],
        labels: { confirm: words.confirm(count), cancel: words.stay },
        confirmProps: { color: 'red.8' },
        onConfirm: () => void leave(true),
      })
    }

    await leave(false)
  }, [client, session, sync, navigate, tell])
}
