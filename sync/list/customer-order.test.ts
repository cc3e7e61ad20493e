import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CustomerOrder } from './customer-order.ts'

test('PF-2: after any changes, few or many, the order is the one that sorting anew would give', () => {
  const change = fc.record({
    put: fc.array(fc.tuple(fc.nat(200), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 150 }),
    remove: fc.array(fc.nat(200), { maxLength: 100 }),
    read: fc.boolean(),
  })
  const ids = Array.from({ length: 201 }, (_, slot) => `id ${String((slot * 73) % 201).padStart(3, '0')}`)
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const names = new Map<number, string>()
      const order = new CustomerOrder(ids, (slot) => names.get(slot) ?? '')
      const listed = new Set<number>()
      for (const { put, remove, read } of changes) {
        for (const [slot, name] of put) names.set(slot, name)
        const slots = [...new Set(put.map(([slot]) => slot))]
        order.put(slots)
        for (const slot of slots) listed.add(slot)
        order.remove(remove)
        for (const slot of remove) listed.delete(slot)
        if (read) order.all()
      }
      const text = (slot: number) => `${names.get(slot)} ${ids[slot]}`
      expect([...order.all()]).toEqual([...listed].sort((a, b) => (text(a) < text(b) ? -1 : 1)))
    }),
    { numRuns: 150 },
  )
})
