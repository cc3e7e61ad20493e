import { z } from 'zod'
import { queuedMutationSchema, type ReplicaCustomer, rejectedWriteSchema } from '#database/local/replica-customer.ts'
import { parseReplicaRecord, type ReplicaRecord } from '#database/local/replica-record.ts'
import { fieldConflictSchema } from '#shared/replica-api/detail.ts'
import { isView } from '../conflict/apply-record-verdict.ts'

/** What a customer's unsent work looks like in a hand-over: what this user wrote, not the customer. */
const entrySchema = z.object({
  id: z.guid(),
  /** As it showed here, so that a person knows who is meant. */
  name: z.string(),
  mutations: z.array(queuedMutationSchema),
  rejected: rejectedWriteSchema.nullable(),
  conflicts: z.array(fieldConflictSchema),
})
export type HandoverEntry = z.infer<typeof entrySchema>

const recordSchema = z.unknown().transform((value, context): ReplicaRecord => {
  const record = parseReplicaRecord(value)
  if (record !== null) return record
  context.issues.push({ code: 'custom', message: 'Not a record of this version', input: value })
  return z.NEVER
})

/** The plain text of a hand-over file: everything that existed on one computer only (docs/sync.md). */
export const handoverContentsSchema = z.object({
  user: z.object({ id: z.guid(), name: z.string(), email: z.string() }),
  company: z.object({ id: z.guid(), name: z.string() }),
  lostAt: z.iso.datetime({ offset: true }),
  customers: z.array(entrySchema),
  /** Changes of the other collections, without the server's rows. */
  records: z.array(recordSchema),
  /** Stored work that could not be read any more, as it was found. */
  unreadable: z.array(z.unknown()),
})
export type HandoverContents = z.infer<typeof handoverContentsSchema>

/** The replica as far as a hand-over reads it. */
interface UnsentWork {
  readonly customers: Iterable<ReplicaCustomer>
  readonly records: Iterable<ReplicaRecord>
  readonly unreadable: readonly unknown[]
}

/** Takes what only this machine has out of a replica: waiting changes, refused ones, open conflicts. */
export function collectUnsent(work: UnsentWork): Pick<HandoverContents, 'customers' | 'records' | 'unreadable'> {
  const customers: HandoverEntry[] = []
  for (const { id, name, local } of work.customers) {
    if (local === null) continue
    const { mutations, rejected, conflicts } = local
    if (mutations.length + conflicts.length > 0 || rejected !== null) {
      customers.push({ id, name, mutations, rejected, conflicts })
    }
  }
  const records: ReplicaRecord[] = []
  for (const record of work.records) if (record.local !== null) records.push({ ...record, body: null })
  return { customers, records, unreadable: [...work.unreadable] }
}

/** How many changes a hand-over holds: each waiting or refused one, each open conflict, each unreadable one. */
export function countUnsent(contents: Pick<HandoverContents, 'customers' | 'records' | 'unreadable'>): number {
  let count = contents.unreadable.length
  for (const { mutations, rejected, conflicts } of contents.customers) {
    count += mutations.length + (rejected === null ? 0 : 1) + conflicts.length
  }
  for (const { local } of contents.records) {
    // That somebody looked at a customer is kept, but nobody would call it a change.
    count += (local?.mutations ?? []).filter((queued) => !isView(queued)).length + (local?.rejected ? 1 : 0)
  }
  return count
}
