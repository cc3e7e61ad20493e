import { expect, test } from 'vitest'
import { customerFieldsSchema } from '#shared/domain/customer.ts'
import { DEMO_COMPANIES } from './demo-users.ts'
import { NORTHBUILD_MIX } from './locales.ts'
import { makeCustomer, type SeedCustomer } from './make-customers.ts'
import { makeHistory } from './make-history.ts'
import { createRandom } from './random.ts'

const TODAY = Date.parse('2026-01-01T00:00:00Z')
const REPS = [
  { id: '0a111111-0000-4000-8000-000000000003', name: 'One' },
  { id: '0a111111-0000-4000-8000-000000000004', name: 'Two' },
]

function make(seed: number, count = 2_000) {
  const random = createRandom(seed)
  const customers: SeedCustomer[] = Array.from({ length: count }, () =>
    makeCustomer(random, DEMO_COMPANIES.northbuild.id, NORTHBUILD_MIX, REPS, TODAY),
  )
  return { customers, history: makeHistory(random, DEMO_COMPANIES.northbuild, customers, REPS, TODAY) }
}

test('DB-1: the same seed makes the same demo, another one another', () => {
  expect(make(1, 100)).toEqual(make(1, 100))
  expect(make(2, 100)).not.toEqual(make(1, 100))
})

test('DB-1: every demo customer is one that the app would accept', () => {
  for (const row of make(1).customers) {
    const fields = {
      name: row.customer_name,
      email: row.customer_email,
      phone: row.customer_phone,
      address: row.customer_address,
      website: row.customer_website,
      notes: row.customer_notes,
      tags: row.tags,
      ownerId: row.owner_id,
    }
    expect(customerFieldsSchema.safeParse(fields).error?.issues, JSON.stringify(fields)).toBeUndefined()
  }
})

test('DB-1: the demo has the shape of a real base: gaps, several scripts, owners and none, all sources', () => {
  const { customers } = make(1)
  const share = (test: (row: SeedCustomer) => boolean) => customers.filter(test).length / customers.length
  expect(share((row) => row.customer_email === null)).toBeGreaterThan(0.1)
  expect(share((row) => row.owner_id === null)).toBeGreaterThan(0.1)
  for (const script of [/[äöüß]/i, /[éèç]/i, /[łżś]/i, /[ğıİ]/, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]) {
    expect(
      share((row) => script.test(row.customer_name)),
      String(script),
    ).toBeGreaterThan(0)
  }
  for (const source of ['chat', 'manual', 'import'])
    expect(
      share((row) => row.source === source),
      source,
    ).toBeGreaterThan(0.1)
  expect(new Set(customers.map((row) => row.id)).size).toBe(customers.length)
})

test('DB-1: counts and last-seen times of customers agree with their chats', () => {
  const { customers, history } = make(1)
  const chats = new Map<string, { count: number; last: string }>()
  const keyOf = (name: unknown, email: unknown, phone: unknown) => `${name}|${email}|${phone}`
  for (const chat of history.chats) {
    const key = keyOf(chat.customer_name, chat.customer_email, chat.customer_phone)
    const found = chats.get(key) ?? { count: 0, last: '' }
    const at = String(chat.created_at)
    chats.set(key, { count: found.count + 1, last: [found.last, at].sort().at(-1) ?? at })
  }
  expect(chats.size).toBeGreaterThan(100)
  for (const row of customers) {
    const found = chats.get(keyOf(row.customer_name, row.customer_email, row.customer_phone))
    expect([row.conversation_count, row.last_seen_at]).toEqual([found?.count ?? 0, found?.last ?? null])
  }
})
