import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Customer, NO_FIELDS } from '../domain/customer.ts'
import { shapeCheckOf } from '../util/shape-check.ts'
import { COLLECTION_ROWS, pullAllAnswerSchema, quickPullAllAnswerSchema } from './collections.ts'

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const at = '2026-02-01T08:00:00.123456Z'
const CUSTOMER: Customer = {
  id: idOf(1),
  companyId: idOf(9),
  ...NO_FIELDS,
  name: 'Ada',
  phone: '1',
  tags: ['a'],
  source: 'chat',
  createdByUserId: null,
  createdByUserName: null,
  createdAt: at,
  updatedAt: at,
  lastSeenAt: null,
  conversationCount: 0,
  viewCount: 3,
  deletedAt: null,
  mergedInto: idOf(2),
  erasedAt: null,
  flaggedErasedAt: at,
  fieldEdits: { phone: { at, by: null, byName: 'Ada' } },
  rev: '77',
}
const TOMBSTONE = { id: idOf(3), companyId: idOf(9), gone: true, rev: '78' }

function answerOf(rows: unknown): unknown {
  const page = { protocol: 1, epoch: 'e', reset: false, rows, checkpoint: {}, more: false, total: 1, serverTime: at }
  return { protocol: 1, epoch: 'e', pages: { customers: page }, more: false, windowDays: 90, serverTime: at }
}

/** Anything that JSON can say, now and then as a value that the schema knows. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    null,
    '',
    at,
    'x',
    '2026-13-01T00:00:00Z',
    idOf(4),
    -1,
    0,
    1.5,
    1e300,
    [],
    ['a', 1],
    {},
    'chat',
    true,
  ),
  fc.constantFrom({ nick: null }, { phone: { at, by: null, byName: null, more: 1 } }, { phone: { at: 'x' } }),
)
const key = fc.oneof(fc.constantFrom(...Object.keys(CUSTOMER), 'gone', 'more', '__proto__', 'toString'), fc.string())
const row = fc.oneof(
  { weight: 3, arbitrary: fc.constant<unknown>(CUSTOMER) },
  fc.constant<unknown>(TOMBSTONE),
  value,
  fc
    .tuple(key, value)
    .map(([name, to]) =>
      JSON.parse(`${JSON.stringify(CUSTOMER).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(to)}}`),
    ),
  fc.constantFrom(...Object.keys(CUSTOMER)).map((name) => ({ ...CUSTOMER, [name]: undefined })),
)

test('SY-3: whatever a server sends, the quick reading of a pull takes and makes what zod does', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(row, { maxLength: 4 }), value), (rows) => {
      const answer = answerOf(rows)
      const quick = quickPullAllAnswerSchema.safeParse(answer)
      const slow = pullAllAnswerSchema.safeParse(answer)
      expect(quick.success).toBe(slow.success)
      expect(quick.data).toStrictEqual(slow.data)
    }),
    { numRuns: 3_000 },
  )
})

test('PF-5: customers are read without a copy of each; what a newer server adds is left out as ever', () => {
  const read = (sent: object) => quickPullAllAnswerSchema.parse(answerOf([sent])).pages.customers?.rows[0]
  expect(read(CUSTOMER)).toBe(CUSTOMER)
  expect(read({ ...CUSTOMER, more: 1 })).toStrictEqual(CUSTOMER)
})

test('SY-3: the quick check knows the customers, and knows what it does not know', () => {
  expect(shapeCheckOf(COLLECTION_ROWS.customers, true)).not.toBeNull()
  expect(shapeCheckOf(z.strictObject({ a: z.string() }), true)).toBeNull()
  expect(shapeCheckOf(z.string().transform((text) => text.length))).toBeNull()
})
