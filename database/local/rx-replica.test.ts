import fc from 'fast-check'
import { expect, test } from 'vitest'
import { customerSchema } from '#shared/domain/customer.ts'
import { shapeCheckOf } from '#shared/util/shape-check.ts'
import { type ReplicaCustomer, replicaCustomerSchema } from './replica-customer.ts'
import { parseCustomer } from './rx-replica.ts'

import { customerOf, edited, idOf } from './testing/replica-fixtures.ts'

const check = shapeCheckOf(customerSchema)
const at = '2026-02-01T08:00:00.000Z'
const FULL: ReplicaCustomer = {
  ...customerOf(1),
  tags: ['a'],
  mergedInto: idOf(2),
  deletedAt: at,
  erasedAt: null,
  fieldEdits: { phone: { at, by: null, byName: 'Ada' } },
}
const anything = fc.oneof(
  fc.anything(),
  fc.constantFrom(
    null,
    undefined,
    '',
    'x',
    '2026-13-01T00:00:00Z',
    at,
    idOf(3),
    -1,
    0,
    1.5,
    NaN,
    1e300,
    [],
    ['a', 1],
    {},
    'chat',
  ),
  fc.constantFrom(
    { nick: { at, by: null, byName: null } },
    { phone: { at: 'x', by: null, byName: null } },
    { phone: null },
  ),
)

test('PF-6: the short way takes the customers of the server', () => {
  expect(check?.(FULL)).toBe(true)
  expect(check?.(customerOf(1))).toBe(true)
})

test('SY-2: whatever a stored customer has become, the short way says yes only where zod does', () => {
  const stored = fc
    .record({
      of: fc.constantFrom(FULL, customerOf(1), edited(1, '7')),
      key: fc.constantFrom(...Object.keys(FULL)),
      to: anything,
    })
    .map(({ of, key, to }) => ({ ...of, [key]: to }) as ReplicaCustomer)
  fc.assert(
    fc.property(stored, (customer) => {
      const parsed = replicaCustomerSchema.safeParse(customer)
      const meta = { _deleted: false, _rev: '1-x', _meta: { lwt: 1 }, _attachments: {} }
      expect(parseCustomer({ ...customer, ...meta })).toEqual(parsed.success ? parsed.data : null)
    }),
    { numRuns: 3_000 },
  )
})
