import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { strings } from '../app/strings.ts'
import { routes } from '../lib/routes.ts'
import { useReplica } from './use-replica.ts'

const words = strings.signOut

/** Signs out. Asks only when edits would be lost by it, and says how many. */
export function useSignOut(): () => Promise<void> {
  const { client, session, sync } = useReplica()
  const [, navigate] = useLocation()
  return useCallback(async () => {
    async function leave(discardUnsent: boolean): Promise<void> {
      try {
        const answer = await client.request('session.signOut', { discardUnsent })
        if (answer.ok) {
          // The next person starts at the front, not at somebody else's customer.
          navigate(routes.customers, { replace: true })
          session.set({ kind: 'signedOut' })
        } else if (answer.error.code === 'unsent') confirmLoss()
        else notifications.show({ color: 'red', title: words.failed, message: answer.error.message })
      } catch {
        notifications.show({ color: 'red', message: words.failed })
      }
    }

    function confirmLoss(): void {
      const { waiting, attention, elsewhere } = sync.get()
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
  }, [client, session, sync, navigate])
}
