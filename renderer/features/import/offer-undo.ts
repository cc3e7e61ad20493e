import { notifications } from '@mantine/notifications'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { showUndoToast } from '../../components/undo-toast.tsx'
import type { ReplicaClient } from '../../lib/replica-client.ts'

const words = strings.import

/** Says what an import came to, wherever one is by then, and offers to take it back at once. */
export function offerUndo(client: ReplicaClient, { importId, counts }: ImportProgress): void {
  if (counts.created + counts.updated === 0) return
  showUndoToast(`import-${importId}`, words.doneTitle(counts.created, counts.updated), () => {
    client
      .request('import.undo', { importId })
      .catch(() => null)
      .then((answer) => {
        const message = answer?.ok === true ? words.undone(answer.value) : (answer?.error.message ?? words.undoFailed)
        notifications.show({ message, autoClose: 5_000 })
      })
  })
}
