import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import { activitySchema } from '#shared/domain/activity.ts'
import type { CustomerChanges, CustomerField } from '#shared/domain/customer.ts'
import { importRowSchema } from '#shared/replica-api/import.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { changedFields, sameValue } from '../conflict/field-values.ts'
import { serverRow } from '../conflict/overlay.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { ImportUpdate } from './undo-rows.ts'

/** What an import changed, and customers of whom nobody can tell what they held before. */
export interface RememberedUpdates {
  readonly updates: readonly ImportUpdate[]
  readonly lost: number
}

/** What was written is read whatever it holds: values may break rules that came later. */
const changesSchema = importRowSchema.shape.fields.partial()

/**
 * What an import changed as the company remembers it, for a computer whose own journal does not know: the
 * fields that the server has marked with the import, with the values from its log. A field that somebody
 * has edited since has lost the mark. The log reaches back as far as the replica's window does. Looks at everybody,
 * in slices of time.
 */
export async function rememberedUpdates(
  { shown, records }: Pick<ReplicaStore, 'shown' | 'records'>,
  { importId, importedBy }: { readonly importId: string; readonly importedBy: string },
  known: ReadonlySet<string>,
): Promise<RememberedUpdates> {
  const updates: ImportUpdate[] = []
  let lost = 0
  const nextSlice = slices()
  for (const customer of shown.all()) {
    await nextSlice()
    if (customer.deletedAt !== null || known.has(customer.id)) continue
    const marked = fieldsOf(customer, importId, importedBy)
    if (marked.length === 0) continue
    const row = serverRow(customer)
    const log = records.ofCustomer(customer.id, 'activity').map(editIn)
    const before: CustomerChanges = {}
    const after: CustomerChanges = {}
    for (const field of marked) {
      const edit = log.find(({ to }) => to[field] !== undefined && sameValue(to[field], row[field]))
      if (edit?.from[field] === undefined) continue
      Object.assign(before, { [field]: edit.from[field] })
      Object.assign(after, { [field]: row[field] })
    }
    const found = changedFields(after).length
    if (found > 0) updates.push({ customerId: customer.id, before, after })
    if (found < marked.length) lost += 1
  }
  return { updates, lost }
}

/** Which import an edit is of is for its client to say; who made it, the server says. */
function fieldsOf({ fieldEdits }: ReplicaCustomer, importId: string, importedBy: string): CustomerField[] {
  const fields = Object.keys(fieldEdits) as CustomerField[]
  return fields.filter((field) => fieldEdits[field]?.importId === importId && fieldEdits[field].by === importedBy)
}

/** The values that an entry of the log tells; none where it can't be read, or was blanked. */
function editIn({ body }: ReplicaRecord): { readonly from: CustomerChanges; readonly to: CustomerChanges } {
  const entry = body === null ? null : activitySchema.safeParse(JSON.parse(body)).data
  return { from: valuesOf(entry?.changes ?? {}, 'from'), to: valuesOf(entry?.changes ?? {}, 'to') }
}

function valuesOf(changes: Readonly<Record<string, unknown>>, which: 'from' | 'to'): CustomerChanges {
  const values = Object.entries(changes).map(([field, change]) => [field, Object(change)[which]])
  return changesSchema.safeParse(Object.fromEntries(values)).data ?? {}
}
