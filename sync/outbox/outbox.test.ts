import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type Customer, NO_FIELDS } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { Verdict } from '#shared/sync-protocol/push.ts'
import { applyPulledRow } from '../conflict/apply-pulled-row.ts'
import { applyVerdict } from '../conflict/apply-verdict.ts'
import { localStateOf, serverRow } from '../conflict/overlay.ts'
import { attentionCount, attentionItems, discardRejected, resendRejected, settleConflict } from './attention.ts'
import { markSent, nextMutation, pushBatch, toWire } from './push-batch.ts'
import {
  isRefusedCreation,
  queueCreate,
  queueDelete,
  queueEdit,
  queueRestore,
  queueUpdate,
  waitingFields,
} from './queue-edit.ts'

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const ID = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
let count = 0
const context = (minute: number) => {
  count += 1
  const mutationId = `f0000000-0000-4000-8000-${String(count).padStart(12, '0')}`
  return { mutationId, editedAt: `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z` }
}
const verdictContext = { newId: () => context(0).mutationId, now: '2026-03-01T09:00:00.000Z' }
const row = (changes: Partial<Customer> = {}): Customer => ({
  ...emptyCustomer(ID, COMPANY),
  name: 'Ada',
  rev: '5',
  ...changes,
})
const held = (changes: Partial<Customer> = {}): ReplicaCustomer => ({ ...row(changes), local: null })
const made = () =>
  queueCreate(
    {
      id: ID,
      companyId: COMPANY,
      fields: { name: 'New', ...NO_FIELDS },
      source: 'manual',
      createdBy: { id: OTHER, name: 'Olga' },
    },
    context(1),
  )
const mutations = (of: ReplicaCustomer) => localStateOf(of).mutations
const idOf = (of: ReplicaCustomer) => nextMutation(of)?.mutationId ?? ''

test('SY-2: edits flow together until the mutation is sent, and base stays what the first one found', () => {
  let edited = queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))
  edited = queueUpdate(edited, { phone: '3', email: 'a@b.example' }, context(2))
  expect(mutations(edited)).toMatchObject([
    {
      op: 'update',
      base: { phone: '1', email: null },
      changes: { phone: '3', email: 'a@b.example' },
      times: { phone: context(2).editedAt, email: context(2).editedAt },
    },
  ])
  const sent = markSent(edited)
  const more = queueUpdate(sent, { phone: '4' }, context(3))
  expect(mutations(more)).toHaveLength(2)
  expect(mutations(more)[0]).toEqual(mutations(sent)[0])
  expect(mutations(more)[1]).toMatchObject({ sent: false, base: { phone: '3' }, changes: { phone: '4' } })
  expect(waitingFields(more)).toEqual(['email', 'phone'])
})

test('SY-2: an edit that is taken back before it was sent leaves nothing to send', () => {
  const edited = queueUpdate(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1)), { phone: '1' }, context(2))
  expect(edited).toEqual(held({ phone: '1' }))
  expect(queueUpdate(held(), { name: 'Ada', tags: [] }, context(1))).toEqual(held())
})

test('SY-2: edits of a customer that the server has not seen are part of its creation', () => {
  const edited = queueUpdate(made(), { phone: '2' }, context(2))
  expect(mutations(edited)).toMatchObject([{ op: 'create', changes: { name: 'New', phone: '2' } }])
  expect(mutations(queueUpdate(markSent(made()), { phone: '2' }, context(2))).map((m) => m.op)).toEqual([
    'create',
    'update',
  ])
})

test('SY-4: a deletion is taken back without a trace while unsent, and by a change of its own afterwards', () => {
  for (const start of [held({ phone: '1' }), made()]) {
    const deleted = queueDelete(start, context(2))
    expect(deleted.deletedAt).toBe(context(2).editedAt)
    expect(queueRestore(deleted, context(3))).toEqual(start)
  }
  const sent = markSent(queueDelete(held(), context(2)))
  expect(mutations(queueRestore(sent, context(3))).map((m) => m.op)).toEqual(['delete', 'restore'])
  expect(queueRestore(sent, context(3)).deletedAt).toBeNull()
})

test('SY-3: a batch holds one mutation a customer, at most the limit, and about a megabyte', () => {
  const many = Array.from({ length: 5 }, (_, n) =>
    queueUpdate({ ...held(), id: ID.replace(/1$/, String(n)) }, { notes: 'x'.repeat(300_000) }, context(n)),
  )
  expect(pushBatch(many, 2)).toHaveLength(2)
  expect(pushBatch(many, 1_000)).toHaveLength(3)
  const huge = queueUpdate(held(), { notes: 'x'.repeat(2_000_000) }, context(1))
  expect(pushBatch([huge], 10)).toEqual([huge])
  expect(pushBatch([held()], 10)).toEqual([])
  const [mutation] = mutations(huge)
  expect(mutation && Object.keys(toWire(mutation))).not.toContain('sent')
})

test('SY-4: a pulled row shows under the waiting edits, and the fields they leave alone are new', () => {
  const edited = queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))
  const pulled = applyPulledRow(edited, row({ phone: '9', email: 'new@a.example', rev: '6' }))
  expect(pulled).toMatchObject({ phone: '2', email: 'new@a.example', rev: '6', local: { shadow: { phone: '9' } } })
  expect(mutations(pulled)).toEqual(mutations(edited))
})

test('SY-4: a customer that somebody deleted shows as deleted, whatever edits of mine wait on it', () => {
  const edited = queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))
  const pulled = applyPulledRow(edited, row({ phone: '1', deletedAt: '2026-03-01T08:30:00.000Z', rev: '6' }))
  expect(pulled.deletedAt).toBe('2026-03-01T08:30:00.000Z')
  expect(mutations(pulled)).toEqual(mutations(edited))
})

test('SY-2: the row of an applied mutation is what the server holds, with later edits on top', () => {
  const edited = queueUpdate(
    markSent(queueUpdate(held(), { phone: '2' }, context(1))),
    { email: 'a@b.example' },
    context(2),
  )
  const answer = { status: 'applied', mutationId: idOf(edited), row: row({ phone: '2', rev: '8' }) } as const
  const after = applyVerdict(edited, answer, verdictContext)
  expect(after).toMatchObject({ phone: '2', email: 'a@b.example', rev: '8' })
  expect(mutations(after)).toHaveLength(1)
  expect(applyVerdict(after, answer, verdictContext)).toBe(after)
})

test('SY-4: my edit of a customer that somebody deleted needs attention; the customer stays deleted', () => {
  const edited = markSent(queueUpdate(held(), { phone: '2' }, context(1)))
  const gone = row({ deletedAt: '2026-03-01T08:30:00.000Z', rev: '9' })
  const after = applyVerdict(edited, { status: 'conflict', mutationId: idOf(edited), row: gone }, verdictContext)
  expect(after.deletedAt).toBe(gone.deletedAt)
  expect(attentionItems(after, null)).toMatchObject([
    { kind: 'rejected', op: 'update', changes: { phone: '2' }, code: 'deleted', customerName: 'Ada' },
  ])
  expect(resendRejected(after, {}, { ...context(2), newId: () => OTHER })).toMatchObject({
    ok: false,
    error: { code: 'deleted' },
  })
  expect(discardRejected(after)).toEqual({ ...gone, local: null })
})

test('SY-4: my deletion stands although somebody edited meanwhile, also with an edit of mine before it', () => {
  const deleted = markSent(queueDelete(held(), context(1)))
  const edited = row({ phone: '9', rev: '9' })
  const again = applyVerdict(deleted, { status: 'conflict', mutationId: idOf(deleted), row: edited }, verdictContext)
  expect(again.deletedAt).not.toBeNull()
  expect(mutations(again)).toMatchObject([{ op: 'delete', sent: false }])
  expect(idOf(again)).not.toBe(idOf(deleted))
  const both = queueDelete(markSent(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))), context(2))
  const after = applyVerdict(
    both,
    { status: 'conflict', mutationId: idOf(both), row: row({ phone: '9', updatedAt: '2026-03-01T07:00:00.000Z' }) },
    verdictContext,
  )
  expect(mutations(after).map((m) => m.op)).toEqual(['update', 'delete'])
})

test('R-3: a refused edit goes back to what the server holds, and an edit on top of it goes on from there', () => {
  const edited = queueUpdate(
    markSent(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))),
    { phone: '3', notes: 'n' },
    context(2),
  )
  const verdict = {
    status: 'rejected',
    mutationId: idOf(edited),
    code: 'forbidden',
    message: 'No.',
    field: null,
  } as const
  const after = applyVerdict(edited, verdict, verdictContext)
  expect(after.phone).toBe('3')
  expect(mutations(after)).toMatchObject([{ base: { phone: '1', notes: null }, changes: { phone: '3', notes: 'n' } }])
  expect(attentionItems(after, null)).toMatchObject([
    { changes: { phone: '2' }, current: { phone: '1' }, reason: 'No.', code: 'forbidden' },
  ])
  const alone = applyVerdict(
    markSent(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1))),
    { ...verdict, mutationId: idOf(edited) },
    verdictContext,
  )
  expect(alone.phone).toBe('2')
})

test('R-3 SY-4: an edit on top of a refused one does not hide what others wrote before either', () => {
  const sent = markSent(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1)))
  const both = queueUpdate(sent, { phone: '3' }, context(2))
  const pulled = applyPulledRow(both, row({ phone: '9', rev: '6' })) ?? both
  const refusal = {
    status: 'rejected',
    mutationId: idOf(pulled),
    code: 'forbidden',
    message: 'Not yours.',
    field: null,
  }
  const after = applyVerdict(pulled, refusal as Verdict, verdictContext)
  // Whoever wrote 3 saw 1 under the refused 2, never the 9: the server must find a conflict.
  expect(mutations(after)).toMatchObject([{ base: { phone: '1' }, changes: { phone: '3' } }])
})

test('R-3: what is refused while an earlier refusal waits is kept with it', () => {
  const refuse = (of: ReplicaCustomer) => {
    const common = { status: 'rejected', code: 'forbidden', message: 'No.', field: null } as const
    return applyVerdict(of, { ...common, mutationId: idOf(of) }, verdictContext)
  }
  const once = refuse(markSent(queueUpdate(held(), { phone: '2' }, context(1))))
  const twice = refuse(markSent(queueUpdate(once, { email: 'a@b.example' }, context(2))))
  expect(attentionItems(twice, null)).toMatchObject([{ changes: { phone: '2', email: 'a@b.example' } }])
})

test('R-3: a refused creation leaves the list with its later edits in it, and gets a new id when its own was taken', () => {
  const edited = queueUpdate(markSent(made()), { phone: '2' }, context(2))
  const verdict = {
    status: 'rejected',
    mutationId: idOf(edited),
    code: 'id_in_use',
    message: 'Taken.',
    field: null,
  } as const
  const after = applyVerdict(edited, verdict, verdictContext)
  expect(isRefusedCreation(after)).toBe(true)
  expect(attentionItems(after, null)).toMatchObject([
    { op: 'create', changes: { name: 'New', phone: '2' }, current: null },
  ])
  const again = resendRejected(after, { name: 'Newer' }, { ...context(3), newId: () => OTHER })
  expect(again).toMatchObject({
    ok: true,
    value: {
      id: OTHER,
      name: 'Newer',
      phone: '2',
      local: { rejected: null, mutations: [{ op: 'create', id: OTHER, sent: false }] },
    },
  })
  expect(resendRejected(after, { name: ' ' }, { ...context(3), newId: () => OTHER })).toMatchObject({
    ok: false,
    error: { code: 'invalid', field: 'name' },
  })
  expect(discardRejected(after)).toBeNull()
})

test('R-3 SY-2: sending a refused edit again loses nothing that was written since', () => {
  const sent = markSent(queueUpdate(held({ notes: 'a', phone: '1' }), { notes: 'a\nfirst', phone: '2' }, context(1)))
  const refusal = { status: 'rejected', mutationId: idOf(sent), code: 'forbidden', message: 'Not yours.', field: null }
  const refused = applyVerdict(sent, refusal as Verdict, verdictContext)
  const since = queueUpdate(refused, { notes: 'a\nsecond', phone: '3' }, context(2))
  const again = resendRejected(since, {}, { ...context(3), newId: () => OTHER })
  if (!again.ok) throw new Error(again.error.message)
  expect(again.value).toMatchObject({ phone: '2' })
  expect(again.value.notes?.split('\n').sort()).toEqual(['a', 'first', 'second'])
  expect(localStateOf(again.value).conflicts).toMatchObject([{ field: 'phone', shown: 'mine', mine: '2', theirs: '3' }])
})

test('SY-2: an edit and a deletion that were refused are sent again under an id each', () => {
  const refuse = (of: ReplicaCustomer) => {
    const refusal = { status: 'rejected', mutationId: idOf(of), code: 'forbidden', message: 'No.', field: null }
    return applyVerdict(of, refusal as Verdict, verdictContext)
  }
  const both = queueDelete(markSent(queueUpdate(held(), { phone: '2' }, context(1))), context(2))
  const again = resendRejected(refuse(refuse(both)), {}, { ...context(3), newId: () => OTHER })
  if (!again.ok) throw new Error(again.error.message)
  expect(mutations(again.value)).toMatchObject([
    { op: 'update', changes: { phone: '2' } },
    { op: 'delete', mutationId: OTHER },
  ])
  expect(idOf(again.value)).not.toBe(OTHER)
})

test('SY-4: a refused edit that is corrected while others write keeps what has come since as a conflict', () => {
  const sent = markSent(queueUpdate(held({ phone: '1' }), { phone: '2' }, context(1)))
  const refusal = { status: 'rejected', mutationId: idOf(sent), code: 'forbidden', message: 'Not yours.', field: null }
  const refused = applyVerdict(sent, refusal as Verdict, verdictContext)
  const [item] = attentionItems(refused, null)
  if (item?.kind !== 'rejected') throw new Error('Nothing was refused')
  const meanwhile = applyPulledRow(refused, row({ phone: '9', rev: '9', updatedAt: '2026-03-01T08:02:00.000Z' }))
  const seen = item.current ?? {}
  const again = resendRejected(meanwhile, { phone: '3' }, { ...context(3), newId: () => OTHER, seen })
  if (!again.ok) throw new Error(again.error.message)
  expect(again.value).toMatchObject({ phone: '3', local: { mutations: [{ base: { phone: '9' } }] } })
  expect(localStateOf(again.value).conflicts).toMatchObject([{ field: 'phone', shown: 'mine', mine: '3', theirs: '9' }])
})

test.each([
  ['an edit of an import', queueUpdate(held(), { phone: '2' }, { ...context(1), importId: OTHER }), OTHER],
  ['an undo of an import', queueDelete(held(), { ...context(1), importId: OTHER }), OTHER],
  ['an edit of one’s own', queueUpdate(held(), { phone: '2' }, context(1)), undefined],
])('IO-4: %s that was refused belongs to the same import when it is sent again', (_, queued, importId) => {
  const sent = markSent(queued)
  const refusal = { status: 'rejected', mutationId: idOf(sent), code: 'forbidden', message: 'No.', field: null }
  const refused = applyVerdict(sent, { ...refusal } as Verdict, verdictContext)
  const again = resendRejected(refused, {}, { ...context(3), newId: () => OTHER })
  if (!again.ok) throw new Error(again.error.message)
  const [mutation] = mutations(again.value)
  expect(mutation).toMatchObject({ sent: false })
  expect(Object(mutation).importId).toBe(importId)
})

test('IO-4: what is sent again of an import and of people together is people’s', () => {
  const refuse = (of: ReplicaCustomer) => {
    const refusal = { status: 'rejected', mutationId: idOf(of), code: 'forbidden', message: 'No.', field: null }
    return applyVerdict(of, refusal as Verdict, verdictContext)
  }
  const ofImport = refuse(markSent(queueUpdate(held(), { phone: '2' }, { ...context(1), importId: OTHER })))
  const both = refuse(markSent(queueUpdate(ofImport, { address: 'Bonn' }, context(2))))
  const again = resendRejected(both, {}, { ...context(3), newId: () => OTHER })
  if (!again.ok) throw new Error(again.error.message)
  expect(mutations(again.value)).toMatchObject([{ changes: { phone: '2', address: 'Bonn' } }])
  expect(Object(mutations(again.value)[0])).not.toHaveProperty('importId')
})

test('SY-2: an edit that was judged a conflict is sent again under a new id, on what the server holds', () => {
  const edited = markSent(queueUpdate(held({ phone: '1', email: null }), { phone: '2' }, context(50)))
  const master = row({ phone: '9', updatedAt: '2026-03-01T07:00:00.000Z' })
  const again = applyVerdict(edited, { status: 'conflict', mutationId: idOf(edited), row: master }, verdictContext)
  expect(mutations(again)).toMatchObject([{ op: 'update', sent: false, base: { phone: '9' }, changes: { phone: '2' } }])
  expect(idOf(again)).not.toBe(idOf(edited))
})

test('SY-4: settling a conflict keeps what shows, or writes the other value as an edit of its own', () => {
  const edited = markSent(queueUpdate(held({ phone: '1' }), { phone: 'mine' }, context(1)))
  const at = context(30).editedAt
  const master = row({ phone: 'theirs', fieldEdits: { phone: { at, by: OTHER, byName: 'Mia' } } })
  const open = applyVerdict(edited, { status: 'conflict', mutationId: idOf(edited), row: master }, verdictContext)
  expect(open.phone).toBe('theirs')
  expect(mutations(open)).toEqual([])
  expect(settleConflict(open, 'phone', 'theirs', context(2))).toEqual({ ok: true, value: { ...master, local: null } })
  const mine = settleConflict(open, 'phone', 'mine', context(2))
  expect(mine).toMatchObject({
    ok: true,
    value: {
      phone: 'mine',
      local: { conflicts: [], mutations: [{ base: { phone: 'theirs' }, changes: { phone: 'mine' } }] },
    },
  })
  expect(settleConflict(open, 'email', 'mine', context(2))).toMatchObject({
    ok: false,
    error: { code: 'nothing_to_do' },
  })
})

test('SY-4: an edit made in a form that was open while others changed the customer keeps their changes', () => {
  const opened = held({ phone: '1', tags: ['a'], notes: 'first' })
  const base = { phone: opened.phone, tags: opened.tags, notes: opened.notes }
  const now = held({ phone: '1', tags: ['a', 'theirs'], notes: 'first\ntheirs' })
  const edited = queueEdit(now, base, { phone: '2', tags: ['mine'], notes: 'first\nmine' }, context(1))
  expect(edited).toMatchObject({ phone: '2', tags: ['theirs', 'mine'], notes: 'first\ntheirs\nmine' })
  expect(mutations(edited)).toMatchObject([{ base: { phone: '1', tags: ['a', 'theirs'], notes: 'first\ntheirs' } }])
  const both = queueEdit(held({ phone: '3' }), { phone: '1' }, { phone: '2' }, context(1))
  expect(both.phone).toBe('2')
  expect(localStateOf(both).conflicts).toMatchObject([{ field: 'phone', shown: 'mine', mine: '2', theirs: '3' }])
})

test('SY-4: settling notes for the other side changes the place in question only', () => {
  const conflict = {
    field: 'notes' as const,
    shown: 'mine' as const,
    base: 'Phone\nEnd',
    mine: 'Phone: 1\nEnd',
    mineAt: context(1).editedAt,
    theirs: 'Phone: 2\nEnd',
    theirsAt: context(0).editedAt,
    theirsByName: null,
  }
  const local = { shadow: null, mutations: [], rejected: null, conflicts: [conflict] }
  const grown: ReplicaCustomer = { ...row({ notes: 'Phone: 1\nEnd\nLater' }), local }
  const settled = settleConflict(grown, 'notes', 'theirs', context(2))
  if (!settled.ok) throw new Error(settled.error.message)
  expect(settled.value.notes).toBe('Phone: 2\nEnd\nLater')
  expect(localStateOf(settled.value).conflicts).toEqual([])
  const kept = settleConflict(grown, 'notes', 'mine', context(2))
  expect(kept).toMatchObject({ ok: true, value: { notes: 'Phone: 1\nEnd\nLater', local: null } })
})

test.each([
  ['phone', '1', '2', '3'],
  ['notes', 'Phone: 1', 'Phone: 2', 'Phone: 3'],
  // Written before the rule was made.
  ['email', 'a@old', 'b@example.com', 'c@example.com'],
] as const)(
  'SY-4: settling %s for either side keeps what has come since as a conflict',
  (field, mine, theirs, since) => {
    const [mineAt, theirsAt] = [context(1).editedAt, context(0).editedAt]
    const settle = (shown: 'mine' | 'theirs', value: string, keep: 'mine' | 'theirs') => {
      const conflict = { field, shown, base: null, mine, mineAt, theirs, theirsAt, theirsByName: null }
      const local = { shadow: null, mutations: [], rejected: null, conflicts: [conflict] }
      const changed: ReplicaCustomer = { ...row({ [field]: value, updatedAt: mineAt }), local }
      const settled = settleConflict(changed, field, keep, context(2))
      if (!settled.ok) throw new Error(settled.error.message)
      return settled.value
    }
    for (const shown of ['mine', 'theirs'] as const) {
      const settled = settle(shown, since, 'theirs')
      expect(settled[field]).toBe(theirs)
      expect(localStateOf(settled).conflicts).toMatchObject([{ field, shown: 'mine', mine: theirs, theirs: since }])
    }
    expect(settle('mine', mine, 'mine')).toMatchObject({ [field]: mine, local: null })
  },
)

test('SY-4: where an edit meets one of its own author that waits, the conflict tells when that was made, and no other name', () => {
  const fieldEdits = { phone: { at: context(1).editedAt, by: OTHER, byName: 'Bo' } }
  const waiting = queueUpdate(held({ phone: '1', fieldEdits }), { phone: '3' }, context(2))
  const both = queueEdit(waiting, { phone: '1' }, { phone: '2' }, context(3))
  const theirs = { theirs: '3', theirsAt: context(2).editedAt, theirsByName: null }
  expect(localStateOf(both).conflicts).toMatchObject([{ shown: 'mine', mine: '2', ...theirs }])
})

test('SY-4: an edit rebased on the server holds what goes over the wire and nothing else, each field with its own time', () => {
  let edited = queueUpdate(held({ phone: '1', notes: 'b' }), { phone: '2' }, context(1))
  edited = markSent(queueUpdate(edited, { notes: 'b\nmine' }, context(3)))
  const row = { ...serverRow(edited), notes: 'theirs\nb', rev: '9' }
  const verdict = { status: 'conflict' as const, mutationId: idOf(edited), row }
  const rebased = applyVerdict(edited, verdict, {
    newId: () => 'f0000000-0000-4000-8000-00000000000f',
    now: context(5).editedAt,
  })
  expect(mutations(rebased)).toEqual([
    {
      op: 'update',
      mutationId: 'f0000000-0000-4000-8000-00000000000f',
      id: edited.id,
      editedAt: context(3).editedAt,
      base: { phone: '1', notes: 'theirs\nb' },
      changes: { phone: '2', notes: 'theirs\nb\nmine' },
      times: { phone: context(1).editedAt, notes: expect.any(String) },
      sent: false,
    },
  ])
})

test('SY-4: of two conflicts of one field the one that settling is about is offered, then the earlier one', () => {
  const conflict = (mine: string, theirs: string) =>
    ({
      field: 'phone',
      shown: 'mine',
      base: '0',
      mine,
      theirs,
      mineAt: '2026-03-01T08:00:00.000Z',
      theirsAt: '2026-03-01T07:00:00.000Z',
      theirsByName: 'Bo',
    }) as const
  const local = { shadow: null, mutations: [], rejected: null, conflicts: [conflict('1', '2'), conflict('3', '4')] }
  const both: ReplicaCustomer = { ...held({ phone: '3' }), local }
  expect(attentionItems(both, null)).toMatchObject([{ conflict: { mine: '3', theirs: '4' } }])
  expect(attentionCount(both)).toBe(1)
  const settled = settleConflict(both, 'phone', 'theirs', context(1))
  if (!settled.ok) throw new Error(settled.error.message)
  expect(settled.value.phone).toBe('4')
  expect(attentionItems(settled.value, null)).toMatchObject([{ conflict: { mine: '1', theirs: '2' } }])
})
