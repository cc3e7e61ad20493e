import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { queueUpdate } from '../outbox/queue-edit.ts'
import { queueRecordChange } from '../outbox/queue-record.ts'
import type { HandoverContents, HandoverEntry } from './handover-contents.ts'
import { requeue } from './requeue.ts'

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const ID = '00000000-0000-4000-8000-000000000001'
const MUTATION = 'f0000000-0000-4000-8000-000000000001'

/** A hand-over of one edit of Ada's phone; `entry` says what became of it before access was lost. */
function handoverOf(entry: Pick<HandoverEntry, 'mutations' | 'rejected'>): HandoverContents {
  return {
    user: { id: ID, name: 'Olga', email: 'olga@a.example' },
    company: { id: COMPANY, name: 'Acme' },
    lostAt: '2026-03-01T09:00:00.000Z',
    customers: [{ id: ID, name: 'Ada', conflicts: [], ...entry }],
    records: [],
    unreadable: [],
  }
}
const ROW: ReplicaCustomer = { ...emptyCustomer(ID, COMPANY), name: 'Ada', rev: '5', local: null }
const EDITED = queueUpdate(ROW, { phone: '2' }, { mutationId: MUTATION, editedAt: '2026-03-01T08:00:00.000Z' })

test('SY-5: what is put back twice waits once, under its old id and base', () => {
  const contents = handoverOf({ mutations: localStateOf(EDITED).mutations, rejected: null })
  const into = (held: ReplicaCustomer) =>
    requeue(contents, { customer: () => held, record: () => undefined }).customers[0] ?? held
  const once = into({ ...ROW, phone: '9' })
  expect(once).toMatchObject({ phone: '2', local: { mutations: [{ mutationId: MUTATION, base: { phone: null } }] } })
  expect(into(once)).toEqual(once)
})

test('SY-5: what was never sent counts as sent when it is put back: an earlier put-back may have sent it', () => {
  const [waiting] = localStateOf(EDITED).mutations
  const filter = queueRecordChange(undefined, 'savedFilters', {
    mutationId: MUTATION,
    editedAt: '2026-03-01T08:00:00.000Z',
    op: 'create',
    id: ID,
    changes: { name: 'Near', filter: {}, shared: false },
  })
  if (filter === null) throw new Error('Nothing to send')
  const contents = handoverOf({ mutations: localStateOf(EDITED).mutations, rejected: null })
  const put = requeue({ ...contents, records: [filter] }, { customer: () => ROW, record: () => undefined })
  const [held] = put.customers
  const queued = [...localStateOf(held ?? ROW).mutations, ...(put.records[0]?.local?.mutations ?? [])]
  expect([waiting?.sent, filter.local?.mutations[0]?.sent]).toEqual([false, false])
  expect(queued.map(({ sent }) => sent)).toEqual([true, true])
  // The next edit stays out of it.
  const edited = queueUpdate(held ?? ROW, { phone: '3' }, { mutationId: ID, editedAt: '2026-03-01T10:00:00.000Z' })
  expect(localStateOf(edited).mutations).toMatchObject([{ mutationId: MUTATION }, { mutationId: ID }])
})

test.each([
  ['forbidden', 1, 0],
  ['invalid', 0, 1],
])(
  'SY-5: an edit refused as "%s" before the loss was noticed: %i wait again, %i stay refused',
  (code, waiting, refused) => {
    const mutations = localStateOf(EDITED).mutations.map((mutation) => ({ ...mutation, sent: true }))
    const rejected = { mutations, code, message: 'Refused.', field: null, at: '2026-03-01T09:00:00.000Z' }
    const contents = handoverOf({ mutations: [], rejected })
    const [held] = requeue(contents, { customer: () => ROW, record: () => undefined }).customers
    const local = localStateOf(held ?? ROW)
    expect([local.mutations.length, local.rejected?.mutations.length ?? 0]).toEqual([waiting, refused])
    // Under its old id: what it says must not change.
    expect(local.mutations.every(({ sent }) => sent)).toBe(true)
  },
)
