import { notifications } from '@mantine/notifications'
import type { BulkChange, BulkProgress } from '#shared/replica-api/bulk.ts'
import { written } from '#shared/services/ask-replica.ts'
import { strings } from '../app/strings.ts'
import { showUndoToast } from '../components/undo-toast.tsx'
import { outcomeText, undoneText } from '../lib/bulk-text.ts'
import type { ReplicaClient } from '../lib/replica-client.ts'
import { createStore } from '../lib/store.ts'
import { spoken } from '../texts/spoken.ts'
import { useReplica } from './use-replica.ts'
import { useStore } from './use-store.ts'

const words = strings.listTools.bulk
/** The act under way; it goes on while other screens are open, and whoever is chosen meanwhile. */
const underWay = createStore<BulkProgress | null>(null)
/** Acts that are being taken back, or wait their turn. */
const takenBack = createStore<ReadonlySet<string>>(new Set())
/** Ends with the last of them: what is taken back waits its turn. */
let turn: Promise<unknown> = Promise.resolve()

/** Whether many are being changed. */
export function useIsBulkRunning(): boolean {
  return useStore(underWay, (progress) => progress !== null)
}

/** Does something to everybody who is chosen, says what came of it, and offers to take it back. */
export function useBulk(): {
  /** Null: nothing is being changed. */
  readonly progress: BulkProgress | null
  readonly run: (change: BulkChange) => Promise<void>
  /** Acts that are being taken back, or wait their turn. */
  readonly undoing: ReadonlySet<string>
  /** Takes an act back, however long ago it was. */
  readonly undo: (bulkId: string) => Promise<void>
  readonly stop: () => void
} {
  const { client, picker } = useReplica()
  const progress = useStore(underWay)
  const undoing = useStore(takenBack)

  async function run(change: BulkChange): Promise<void> {
    if (underWay.get() !== null) return
    const bulkId = crypto.randomUUID()
    const handedOver = picker.selection.get()
    const chosen = picker.chosen()
    const answer = await withProgress(client, bulkId, () =>
      written(client.request('bulk.edit', { bulkId, chosen, change })),
    )
    if (!answer.ok) {
      notifications.show({ color: 'red', title: words.failed, message: answer.error.message })
      return
    }
    if (change.kind === 'delete' && picker.selection.get() === handedOver) picker.clear()
    const message = outcomeText(change, answer.value)
    if (answer.value.error !== null) {
      // Nothing can be written until the app starts again: an undo here would only fail.
      notifications.show({ color: 'red', title: message, message: words.brokenOff(spoken(answer.value.error.message)) })
    } else if (answer.value.changed === 0) notifications.show({ message, autoClose: 5_000 })
    else showUndoToast(`bulk-${bulkId}`, message, () => void undo(client, bulkId))
  }

  return {
    progress,
    run,
    undoing,
    undo: (bulkId) => undo(client, bulkId),
    stop: () => {
      const running = underWay.get()
      if (running !== null) void client.request('bulk.stop', { bulkId: running.bulkId }).catch(() => null)
    },
  }
}

async function undo(client: ReplicaClient, bulkId: string): Promise<void> {
  if (takenBack.get().has(bulkId)) return
  takenBack.set(new Set([...takenBack.get(), bulkId]))
  const answer = await withProgress(client, bulkId, () => written(client.request('bulk.undo', { bulkId })))
  takenBack.set(new Set([...takenBack.get()].filter((id) => id !== bulkId)))
  if (!answer.ok) {
    notifications.show({ color: 'red', title: words.undoFailed, message: answer.error.message })
    return
  }
  const message = undoneText(answer.value)
  if (answer.value.stopped) showUndoToast(`bulk-${bulkId}`, message, () => void undo(client, bulkId))
  else notifications.show({ message, autoClose: 4_000 })
}

function withProgress<T>(client: ReplicaClient, bulkId: string, work: () => Promise<T>): Promise<T> {
  const mine = turn.then(() => tracked(client, bulkId, work))
  turn = mine.catch(() => null)
  return mine
}

async function tracked<T>(client: ReplicaClient, bulkId: string, work: () => Promise<T>): Promise<T> {
  underWay.set({ bulkId, done: 0, total: 0 })
  const off = client.onNotice('bulk.progress', (progress) => {
    if (progress.bulkId === bulkId) underWay.set(progress)
  })
  try {
    return await work()
  } finally {
    off()
    underWay.set(null)
  }
}
