import type { LocalReplica } from '#database/local/open-replica.ts'
import { ReplicaStore } from '../replication/replica-store.ts'
import { collectUnsent, type HandoverContents } from './handover-contents.ts'
import type { HandoverNote, HandoverVault } from './handover-vault.ts'

/** Whose replica goes, and what is noted about it. */
export interface Purge {
  readonly id: string
  readonly user: HandoverContents['user']
  readonly company: HandoverContents['company']
  readonly lostAt: string
  /** Whether only this device has lost it, not its user. */
  readonly isSignedOut: boolean
}

/**
 * Removes a replica to which its user has lost access, after its unsent work is durably kept as a
 * hand-over. A crash in between leaves the note, and the next start finishes with `ReplicaShelf.finishPurges`.
 *
 * @throws StorageError; then nothing is lost: either the replica is still there, or the hand-over is.
 */
export async function purgeReplica(
  replica: LocalReplica,
  purge: Purge,
  handovers: HandoverVault,
): Promise<HandoverNote> {
  const { id, isSignedOut, ...about } = purge
  let note: HandoverNote | null = null
  try {
    const store = await ReplicaStore.load(replica, () => undefined)
    await store.remove(async () => {
      const work = { customers: store.customers.values(), records: store.records.all() }
      const unsent = collectUnsent({ ...work, unreadable: store.state('quarantine') ?? [] })
      note = await handovers.keep(id, { ...about, ...unsent }, { isSignedOut })
      return true
    })
  } catch (error) {
    await replica.close()
    throw error
  }
  await handovers.mark(id, { purged: true })
  if (note === null) throw new Error('Removed without a note')
  return note
}
