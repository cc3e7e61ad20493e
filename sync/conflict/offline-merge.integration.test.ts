import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { COMPANY_A, user } from '#database/embedded/testing/test-backend.ts'
import { CUSTOMER_FIELDS, type CustomerFields, NO_FIELDS } from '#shared/domain/customer.ts'
import type { MergeChoices } from '#shared/domain/merge-choices.ts'
import { createSupabaseBackend } from '../replication/supabase-backend.ts'
import { TestDevice } from '../testing/test-device.ts'

const server = await suiteBackend(10)
let device: TestDevice
beforeAll(async () => {
  const config = { supabaseUrl: server.backend.url, publishableKey: server.backend.publishableKey }
  device = new TestDevice({ createBackend: createSupabaseBackend, config })
  await device.signIn(user('manager'))
  await device.synced(30_000)
})
afterEach(() => expect(device.bugs).toEqual([]))
afterAll(() => device.stop())

/** Customers by number, what is done to them offline, and in which order. */
interface Scenario {
  readonly people: readonly CustomerFields[]
  readonly chats: readonly number[]
  readonly before: readonly { readonly of: number; readonly phone: string }[]
  readonly merges: readonly { readonly target: number; readonly sources: readonly number[]; readonly picks: Picks }[]
  readonly after: { readonly of: number; readonly notes: string } | null
}
type Picks = readonly ({ readonly from: number } | 'combine' | 'typed' | null)[]

const PEOPLE = 4
const nth = fc.nat({ max: PEOPLE - 1 })
const text = (...texts: string[]) => fc.constantFrom(null, ...texts)
const person: fc.Arbitrary<CustomerFields> = fc.record({
  name: fc.constantFrom('Ada Kern', 'Ada  Kern', 'Ädä', 'Bo'),
  email: text('ada@a.example', 'kern@b.example'),
  phone: text('+61 2 5550 1111', '5550 2222'),
  address: text('1 Road', '2 Street\nTown'),
  website: text('example.com', 'https://b.example'),
  notes: text('Likes tea.', 'Pays late.\n\nCalls.', 'Likes tea.'),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'new', 'late'), { maxLength: 3 }),
  ownerId: fc.constantFrom(null, user('sales').id, user('owner').id),
})
const pick = fc.oneof(
  fc.constant(null),
  nth.map((from) => ({ from })),
  fc.constantFrom('combine' as const, 'typed' as const),
)
const scenario: fc.Arbitrary<Scenario> = fc.record({
  people: fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE }),
  chats: fc.array(nth, { maxLength: 3 }),
  before: fc.array(fc.record({ of: nth, phone: fc.constantFrom('1', '2') }), { maxLength: 2 }),
  merges: fc.array(
    fc.record({
      target: nth,
      sources: fc.uniqueArray(nth, { minLength: 1, maxLength: 2 }),
      picks: fc.array(pick, { minLength: CUSTOMER_FIELDS.length, maxLength: CUSTOMER_FIELDS.length }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  after: fc.option(fc.record({ of: nth, notes: fc.constantFrom('Since then.', 'Likes tea.') })),
})

const TYPED: Partial<CustomerFields> = { name: 'Typed', email: null, phone: '', address: 'Typed', tags: ['typed'] }
function choicesOf(picks: Picks, ids: readonly string[], members: readonly number[]): MergeChoices {
  const choices: [string, unknown][] = []
  for (const [index, field] of CUSTOMER_FIELDS.entries()) {
    const picked = picks[index]
    const canCombine = field === 'notes' || field === 'address' || field === 'tags'
    if (picked === 'combine' && canCombine) choices.push([field, { combine: true }])
    if (picked === 'typed' && field in TYPED) choices.push([field, { value: TYPED[field] }])
    if (typeof picked === 'object' && picked !== null && members.includes(picked.from))
      choices.push([field, { from: ids[picked.from] }])
  }
  return Object.fromEntries(choices)
}

/** A customer as it shows; null: in no list. `updatedAt` and the like are the server's to say. */
async function shown(id: string) {
  const detail = await device.ask('customers.get', { id })
  if (detail === null) return null
  const { viewCount, lastSeenAt, conversationCount, ...rest } = detail.customer
  const fields = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, rest[field]]))
  const { conversations } = await device.ask('customers.history', { id })
  return { fields, viewCount, lastSeenAt, conversationCount, chats: conversations.total, conflicts: detail.conflicts }
}

/** What Postgres has of a customer that is in a list. */
async function stored(id: string) {
  const [row] = await server.sql`
    select customer_name as name, customer_email as email, customer_phone as phone, customer_address as address,
           customer_website as website, customer_notes as notes, tags, owner_id as "ownerId"
      from public.customers where id = ${id} and deleted_at is null`
  return row ?? null
}

async function make({ people, chats }: Scenario): Promise<string[]> {
  const ids: string[] = []
  for (const fields of people) {
    const made = await device.ask('customers.create', { fields })
    if (!made.ok) throw new Error(made.error.message)
    ids.push(made.value.id)
  }
  await device.synced(30_000)
  for (const of of chats) {
    await server.sql`
      insert into public."VC Usage" (company_id, session_id, customer_id, messages, created_at)
      values (${COMPANY_A}, ${crypto.randomUUID()}, ${ids[of] ?? null}, '[]', now() - ${of + 1} * interval '1 hour')`
  }
  return ids
}

/** Resolves to the ids of the merges that were made. */
async function workOffline({ before, merges, after }: Scenario, ids: readonly string[]): Promise<string[]> {
  for (const { of, phone } of before) await device.ask('customers.update', { id: ids[of] ?? '', changes: { phone } })
  const made: string[] = []
  for (const { target, sources, picks } of merges) {
    const choices = choicesOf(picks, ids, [target, ...sources])
    const sourceIds = sources.map((source) => ids[source] ?? '')
    const merged = await device.ask('records.change', {
      kind: 'merge.make',
      targetId: ids[target] ?? '',
      sourceIds,
      choices,
    })
    if (merged.ok) made.push(merged.value.id)
  }
  if (after !== null) await device.ask('customers.update', { id: ids[after.of] ?? '', changes: { notes: after.notes } })
  return made
}

test('DB-6: whatever is merged offline shows at once what Postgres makes of it, once, also with edits around it and answers lost', {
  timeout: 240_000,
}, async () => {
  let merges = 0
  await fc.assert(
    fc.asyncProperty(fc.array(scenario, { minLength: 6, maxLength: 6 }), async (scenarios) => {
      const all: string[][] = []
      for (const each of scenarios) all.push(await make(each))
      await device.synced(30_000)
      // The first look of a day counts; the next ones don't.
      for (const id of all.flat()) await shown(id)
      await device.synced(30_000)
      device.setOffline(true)
      for (const [index, each] of scenarios.entries()) merges += (await workOffline(each, all[index] ?? [])).length
      const expected = await Promise.all(all.flat().map(shown))
      await device.restart()
      expect(await Promise.all(all.flat().map(shown))).toEqual(expected)
      if (device.network !== null) device.network.loseAnswers = 2
      device.setOffline(false)
      await device.synced(30_000)
      expect(await device.ask('attention.records', null)).toEqual([])
      expect(await device.ask('attention.list', null)).toEqual([])
      expect(await Promise.all(all.flat().map(shown))).toEqual(expected)
      expect(await Promise.all(all.flat().map(stored))).toEqual(expected.map((row) => row?.fields ?? null))
    }),
    { numRuns: 3 },
  )
  expect(merges).toBeGreaterThan(12)
})

test('DB-6: a merge undone offline, weeks later, shows at once what Postgres makes of it', async () => {
  const [ada, bea] = await make({
    people: [
      { ...NO_FIELDS, name: 'Ada', phone: '1', notes: 'A', tags: ['a'] },
      { ...NO_FIELDS, name: 'Bea', email: 'b@a.example', phone: '2', address: 'B', notes: 'B', tags: ['b'] },
    ],
    ...{ chats: [], before: [], merges: [], after: null },
  })
  const [targetId = '', sourceId = ''] = [ada, bea]
  for (const id of [targetId, sourceId]) await shown(id)
  const choices = { notes: { combine: true as const }, name: { from: sourceId } }
  const merged = await device.ask('records.change', { kind: 'merge.make', targetId, sourceIds: [sourceId], choices })
  if (!merged.ok) throw new Error(merged.error.message)
  await device.synced(30_000)
  // Edited since: stays.
  await device.ask('customers.update', { id: targetId, changes: { phone: '3' } })
  await device.synced(30_000)
  device.setOffline(true)
  await device.ask('records.change', { kind: 'merge.undo', mergeId: merged.value.id })
  // Looking counts as a view again: that of today went to the kept customer.
  const fieldsShown = async () => (await Promise.all([targetId, sourceId].map(shown))).map((row) => row?.fields)
  const expected = await fieldsShown()
  expect(expected).toMatchObject([
    { name: 'Ada', email: null, phone: '3', address: null, notes: 'A', tags: ['a'] },
    { name: 'Bea', email: 'b@a.example', phone: '2', address: 'B', notes: 'B', tags: ['b'] },
  ])
  device.setOffline(false)
  await device.synced(30_000)
  expect(await fieldsShown()).toEqual(expected)
  expect(await Promise.all([targetId, sourceId].map(stored))).toEqual(expected)
})
