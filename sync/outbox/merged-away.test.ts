import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { Customer } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { applyPulledRow } from '../conflict/apply-pulled-row.ts'
import { applyVerdict } from '../conflict/apply-verdict.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { attentionItems } from './attention.ts'
import { mergeTarget, resendToTarget } from './merged-away.ts'
import { nextMutation } from './push-batch.ts'
import { queueDelete, queueRestore, queueUpdate } from './queue-edit.ts'

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const idOf = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const edit = { mutationId: 'f0000000-0000-4000-8000-000000000001', editedAt: '2026-03-01T08:00:00.000Z' }
const later = { mutationId: 'f0000000-0000-4000-8000-000000000002', editedAt: '2026-03-01T10:00:00.000Z' }
const context = { newId: () => 'f0000000-0000-4000-8000-000000000009', now: '2026-03-01T09:00:00.000Z' }
const customer = (n: number, changes: Partial<Customer> = {}): ReplicaCustomer => ({
  ...emptyCustomer(idOf(n), COMPANY),
  name: `Number ${n}`,
  rev: '5',
  ...changes,
  local: null,
})
const gone = (n: number, into: number) => customer(n, { deletedAt: '2026-03-01T08:30:00.000Z', mergedInto: idOf(into) })
const findIn = (list: readonly ReplicaCustomer[]) => (id: string) => list.find((held) => held.id === id)

/** A customer with an edit that the server refused because it had been merged into number 2. */
function refused(make: (held: ReplicaCustomer) => ReplicaCustomer): ReplicaCustomer {
  const edited = make(customer(1, { phone: '1', tags: ['a'], notes: 'Old' }))
  const { local: _, ...row } = gone(1, 2)
  const pulled = applyPulledRow(edited, row)
  const mutationId = nextMutation(pulled)?.mutationId ?? ''
  return applyVerdict(pulled, { status: 'conflict', mutationId, row }, context)
}

test('SY-4: an edit of a customer that was merged away is offered for the customer it went to', () => {
  const source = refused((held) => queueUpdate(held, { phone: '2' }, edit))
  const target = customer(2, { phone: '9' })
  expect(localStateOf(source).mutations).toEqual([])
  expect(source.deletedAt).not.toBeNull()
  expect(attentionItems(source, mergeTarget(source, findIn([source, target])))).toMatchObject([
    {
      code: 'merged',
      changes: { phone: '2' },
      current: { phone: '9' },
      mergedInto: { id: idOf(2), name: 'Number 2' },
      reason: expect.stringContaining('merged this customer into another one'),
    },
  ])
})

test('SY-4: made on the target, the edit loses nothing: tags and notes are added, what stood there becomes a conflict', () => {
  const source = refused((held) => queueUpdate(held, { phone: '2', tags: ['a', 'mine'], notes: 'Old\nNew' }, edit))
  const target = customer(2, { phone: '9', tags: ['b'], notes: 'Target\nOld' })
  const resent = resendToTarget(source, target, {}, later)
  if (!resent.ok) throw new Error(resent.error.message)
  expect(resent.value.source.local).toBeNull()
  expect(resent.value.target).toMatchObject({ phone: '2', tags: ['b', 'mine'], notes: 'Target\nOld\nNew' })
  const { conflicts, mutations } = localStateOf(resent.value.target)
  expect(conflicts).toMatchObject([{ field: 'phone', mine: '2', theirs: '9' }])
  expect(mutations).toMatchObject([{ op: 'update', id: idOf(2), mutationId: later.mutationId }])
})

test('SY-4: merges are followed to the end; a target that is deleted, unknown or a ring is none', () => {
  const [one, two, three] = [gone(1, 2), gone(2, 3), customer(3)]
  expect(mergeTarget(one, findIn([one, two, three]))?.id).toBe(three.id)
  expect(mergeTarget(three, findIn([three]))).toBeNull()
  expect(mergeTarget(one, findIn([one, two]))).toBeNull()
  expect(mergeTarget(one, findIn([one, two, customer(3, { deletedAt: later.editedAt })]))).toBeNull()
  expect(mergeTarget(one, findIn([one, two, queueDelete(three, edit)]))).toBeNull()
  expect(mergeTarget(one, findIn([one, gone(2, 1)]))).toBeNull()
})

test('SY-4: bringing back a customer that was merged away is refused with what to do', () => {
  const deleted = customer(1, { deletedAt: '2026-03-01T07:00:00.000Z' })
  const { local: _, ...row } = gone(1, 2)
  const held = applyPulledRow(queueRestore(deleted, edit), row)
  const after = applyVerdict(held, { status: 'conflict', mutationId: edit.mutationId, row }, context)
  expect(localStateOf(after).rejected).toMatchObject({ code: 'merged' })
  expect(resendToTarget(after, customer(2), {}, later)).toMatchObject({ ok: false, error: { code: 'merged' } })
})

test('SY-4: my deletion of a customer that somebody merged away is done already', () => {
  const after = refused((held) => queueDelete(held, edit))
  expect(after.local).toBeNull()
})
