import type { LocalReplica } from './local-replica.ts'
import type { ReplicaCustomer } from './replica-customer.ts'
import type { ReplicaRecord } from './replica-record.ts'

/**
 * Copies everything of a replica into an empty one: rows with their queued edits, state, and what
 * can't be read as it is. Onto the log storage that is one atomic write.
 *
 * @throws StorageError when it could not be read or written whole; the source is as it was
 */
export async function carryOver(from: LocalReplica, to: LocalReplica): Promise<void> {
  const { customers, damaged, records, damagedRecords, state } = await from.load()
  await to.commit({
    customers: [...customers, ...damaged.map(({ stored }) => stored as ReplicaCustomer)],
    records: [...records, ...damagedRecords.map(({ stored }) => stored as ReplicaRecord)],
    state,
  })
}

/** Whether nothing was ever stored in a replica. State is never removed, so a used one has some. */
export async function isUnused(replica: LocalReplica): Promise<boolean> {
  const { customers, damaged, records, damagedRecords, state } = await replica.load()
  const rows = [customers, damaged, records, damagedRecords].some((found) => found.length > 0)
  return !rows && Object.keys(state).length === 0
}
