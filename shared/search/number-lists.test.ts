import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../util/in-steps.ts'
import { NumberLists } from './number-lists.ts'

/** A list, oldest first. */
function read(lists: NumberLists, key: number): number[] {
  const added: number[] = []
  for (let at = lists.newest(key); at > 0; at = lists.addedBefore(at)) added.unshift(lists.addedAt(at))
  return [...lists.frozen.subarray(lists.frozenStart(key), lists.frozenEnd(key)), ...added]
}

const entries = fc.array(fc.tuple(fc.nat(20), fc.nat(1_000)), { maxLength: 200 })

test('SE-1: lists hold what was pushed, in order, before and after freezing', () => {
  fc.assert(
    fc.property(entries, entries, (first, second) => {
      const expected = new Map<number, number[]>()
      let lists = new NumberLists()
      const push = ([key, value]: [number, number]) => {
        lists.push(key, value)
        const list = expected.get(key) ?? []
        expected.set(key, list)
        list.push(value)
      }
      // Doubles of a value one after the other are one entry: kept apart by the key's own count here.
      first.map(([key, value], i): [number, number] => [key, value * 1_000 + i]).forEach(push)
      lists = atOnce(lists.frozenAs(21, {}))
      second.map(([key, value], i): [number, number] => [key, value * 1_000 + 500 + i]).forEach(push)
      for (let key = 0; key <= 20; key++) {
        expect(read(lists, key)).toEqual(expected.get(key) ?? [])
        expect(lists.lengthOf(key)).toBe(expected.get(key)?.length ?? 0)
      }
    }),
  )
})

test('SE-1: freezing renumbers keys and entries, and drops those that go', () => {
  let lists = new NumberLists()
  lists.push(0, 0b10_1)
  lists.push(1, 0b00_1)
  lists.push(1, 0b01_0)
  lists.push(2, 0b10_0)
  lists = atOnce(
    lists.frozenAs(2, { keys: Int32Array.of(0, -1, 1), values: { renumber: Int32Array.of(-1, 0, 1), bits: 1 } }),
  )
  expect([0, 1, 2].map((key) => read(lists, key))).toEqual([[0b1_1], [0b1_0], []])
  lists.push(1, 7)
  lists.push(1, 7)
  expect(read(lists, 1)).toEqual([0b1_0, 7])
  lists = atOnce(
    lists.frozenAs(2, {
      values: { renumber: Int32Array.from({ length: 8 }, (_, n) => (n === 2 ? -1 : n)), bits: 0 },
    }),
  )
  expect([0, 1].map((key) => read(lists, key))).toEqual([[3], [7]])
})
