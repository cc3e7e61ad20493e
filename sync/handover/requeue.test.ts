import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { localStateOf } from '../conflict/overlay.ts'
import { queueUpdate } from '../outbox/queue-edit.ts'
import { emptyCustomer } from '../testing/fake-server.ts'
import { requeue } from './requeue.ts'

const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const ID = '00000000-0000-4000-8000-000000000001'
const MUTATION = 'f0000000-0000-4000-8000-000000000001'

test('SY-5: what is put back twice waits once, under its old id and base', () => {
  const row: ReplicaCustomer = { ...emptyCustomer(ID, COMPANY), name: 'Ada', rev: '5', local: null }
  const edited = queueUpdate(row, { phone: '2' }, { mutationId: MUTATION, editedAt: '2026-03-01T08:00:00.000Z' })
  const { mutations } = localStateOf(edited)
  const contents = {
    user: { id: ID, name: 'Olga', email: 'olga@a.example' },
    company: { id: COMPANY, name: 'Acme' },
    lostAt: '2026-03-01T09:00:00.000Z',
    customers: [{ id: ID, name: 'Ada', mutations, rejected: null, conflicts: [] }],
    records: [],
    unreadable: [],
  }
  const into = (held: ReplicaCustomer) =>
    requeue(contents, { customer: () => held, record: () => undefined }).customers[0] ?? held
  const once = into({ ...row, phone: '9' })
  expect(once).toMatchObject({ phone: '2', local: { mutations: [{ mutationId: MUTATION, base: { phone: null } }] } })
  expect(into(once)).toEqual(once)
})
