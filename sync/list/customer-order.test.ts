import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { emptyCustomer } from '../testing/fake-server.ts'
import { CustomerOrder } from './customer-order.ts'

const customer = (n: number, name: string): ReplicaCustomer => ({
  ...emptyCustomer(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, 'c'),
  name,
  local: null,
})

test('PF-2: after any changes, few or many, the order is the one that sorting anew would give', () => {
  const change = fc.record({
    put: fc.array(fc.tuple(fc.nat(200), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 150 }),
    remove: fc.array(fc.nat(200), { maxLength: 100 }),
    read: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const order = new CustomerOrder((held) => held.name)
      const expected = new Map<string, ReplicaCustomer>()
      for (const { put, remove, read } of changes) {
        const latest = [...new Map(put.map(([n, name]) => [n, customer(n, name)])).values()]
        order.put(latest)
        for (const held of latest) expected.set(held.id, held)
        const ids = remove.map((n) => customer(n, '').id)
        order.remove(ids)
        for (const id of ids) expected.delete(id)
        if (read) order.all()
      }
      const sorted = [...expected.values()].sort((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1))
      expect(order.all().map(({ held }) => held)).toEqual(sorted)
    }),
    { numRuns: 150 },
  )
})
