import { expect, test } from 'vitest'
import type { ReplicaRecord } from '#database/local/replica-record.ts'
import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import { markRecordSent, queueRecordChange } from '../outbox/queue-record.ts'
import { resendRecord } from '../outbox/record-attention.ts'
import { applyRecordVerdict, type RecordVerdict } from './apply-record-verdict.ts'
import { composeRecord, recordLocalOf } from './record-rows.ts'

const ID = '00000000-0000-4000-8000-000000000001'
const AT = '2026-03-01T08:00:00.000Z'
const row = (name: string) => JSON.stringify({ id: ID, name, filter: {}, shared: false })

/** A filter that the server knows by this name. */
const onServer = composeRecord('savedFilters', ID, row('A'), { mutations: [], rejected: null })

/** Somebody gives it another name, over what it shows. */
function rename(
  held: ReplicaRecord | null,
  mutationId: string,
  from: string,
  changes: Partial<Pick<SavedFilter, 'name' | 'shared'>>,
) {
  const base = { name: from, filter: {}, shared: false }
  const mutation = { op: 'update' as const, id: ID, mutationId, editedAt: AT, base, changes }
  const next = queueRecordChange(held ?? undefined, 'savedFilters', mutation)
  if (next === null) throw new Error('Nothing is left')
  return next
}
function judged(held: ReplicaRecord, verdict: object): ReplicaRecord {
  const next = applyRecordVerdict(held, verdict as RecordVerdict, AT)
  if (next === null) throw new Error('Nothing is left')
  return next
}
/** A to B, which is on its way, and B to C, which waits; then the server has judged the first. */
const refused = (verdict: object) =>
  judged(rename(markRecordSent(rename(onServer, 'first', 'A', { name: 'B' })), 'second', 'B', { name: 'C' }), {
    mutationId: 'first',
    ...verdict,
  })
const waiting = (held: ReplicaRecord | null) =>
  recordLocalOf(held ?? undefined).mutations.map(({ mutation }) => mutation)

test('SY-4: a change on top of a refused one is compared with what its writer saw below it', () => {
  const held = refused({ status: 'rejected', code: 'forbidden', message: 'Not yours.' })
  // The server still holds A: with B as the base nobody could ever write C.
  expect(waiting(held)).toMatchObject([{ mutationId: 'second', base: { name: 'A' }, changes: { name: 'C' } }])
  expect(held.local?.rejected).toMatchObject({ code: 'forbidden', mutations: [{ mutation: { mutationId: 'first' } }] })
})

test('SY-4: a change on top of one that met somebody else’s meets it, too', () => {
  const held = refused({ status: 'conflict', row: JSON.parse(row('X')) })
  expect(waiting(held)).toMatchObject([{ mutationId: 'second', base: { name: 'A' } }])
  expect(held.body).toBe(row('X'))
})

test('SY-4: on top of an applied change the base is what that one wrote', () => {
  const held = refused({ status: 'applied', row: JSON.parse(row('B')) })
  expect(waiting(held)).toMatchObject([{ mutationId: 'second', base: { name: 'B' }, changes: { name: 'C' } }])
})

test('R-3 SY-2: sending a refused change again loses nothing that was written since', () => {
  const context = { newId: () => 'again', editedAt: AT }
  const both = markRecordSent(rename(onServer, 'first', 'A', { name: 'B', shared: true }))
  const held = judged(rename(both, 'second', 'B', { name: 'C' }), {
    mutationId: 'first',
    status: 'rejected',
    code: 'forbidden',
    message: 'Not yours.',
  })
  // It waits, or is on its way: the name stays, and what nobody has written over is sent.
  expect(waiting(resendRecord(held, context))).toMatchObject([{ changes: { name: 'C', shared: true } }])
  expect(waiting(resendRecord(markRecordSent(held), context)).map((one) => 'changes' in one && one.changes)).toEqual([
    { name: 'C' },
    { shared: true },
  ])
  const renamed = refused({ status: 'rejected', code: 'forbidden', message: 'Not yours.' })
  expect(waiting(resendRecord(renamed, context))).toMatchObject([{ mutationId: 'second', changes: { name: 'C' } }])
})
