import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { WaitingChanges } from './waiting-changes.ts'

const TIMES = ['2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00+02:00', '2026-03-02T10:00:00.000Z'] as const

/** A customer with changes made at these times; null: none was ever made. */
function heldWith(times: readonly string[] | null): ReplicaCustomer {
  const local = times === null ? null : { mutations: times.map((editedAt) => ({ editedAt })) }
  return { local } as unknown as ReplicaCustomer
}

const times = fc.oneof(fc.constant(null), fc.array(fc.constantFrom(...TIMES), { maxLength: 3 }))

test('SY-7: changes that wait are counted as if all customers were looked at', () => {
  const steps = fc.array(fc.record({ id: fc.nat(5), times: fc.option(times, { nil: undefined }) }))
  fc.assert(
    fc.property(steps, (all) => {
      const waiting = new WaitingChanges()
      const held = new Map<number, ReplicaCustomer>()
      for (const { id, times } of all) {
        const after = times === undefined ? undefined : heldWith(times)
        waiting.replace(held.get(id), after)
        if (after === undefined) held.delete(id)
        else held.set(id, after)
      }
      const made = [...held.values()].flatMap(({ local }) => local?.mutations ?? []).map(({ editedAt }) => editedAt)
      expect(waiting.count).toBe(made.length)
      expect(waiting.since).toBe(made.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null)
    }),
  )
})
