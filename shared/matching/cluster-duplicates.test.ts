import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterDuplicates, type Link } from './cluster-duplicates.ts'

const link = (a: string, b: string, probability: number): Link => ({ a, b, probability })
const membersOf = (pairs: readonly Link[], against: (a: string, b: string) => number) =>
  clusterDuplicates(pairs, against).map((cluster) => cluster.members.join(''))

test('SE-3: a chain of strong links is one cluster where nothing speaks against it', () => {
  const pairs = [link('a', 'b', 0.99), link('b', 'c', 0.8)]
  expect(membersOf(pairs, () => 0)).toEqual(['abc'])
})

test('SE-3: a chain of weak links does not join two who contradict each other', () => {
  // L. Berg may be Lena or Laura, who live together: she stays with the likelier.
  const pairs = [link('laura', 'l', 0.8), link('l', 'lena', 0.75)]
  const against = (a: string, b: string) => (a === 'l' || b === 'l' ? 0 : 3)
  expect(clusterDuplicates(pairs, against)).toEqual([{ members: ['l', 'laura'], links: [link('laura', 'l', 0.8)] }])
})

test('SE-3: one odd record does not keep a sure one out', () => {
  const pairs = [link('a', 'b', 0.99), link('b', 'c', 0.999)]
  expect(membersOf(pairs, () => 2)).toEqual(['abc'])
})

test('SE-3: a pair that only the chain links is as likely as its weakest link', () => {
  const [cluster] = clusterDuplicates([link('a', 'b', 0.99), link('b', 'c', 0.8)], () => 0)
  expect(cluster?.links.map(({ probability }) => probability)).toEqual([0.99, 0.8, 0.8])
})

const pairs = fc
  .uniqueArray(fc.tuple(fc.nat(9), fc.nat(9)), { selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}` })
  .map((all) => all.filter(([a, b]) => a !== b))
  .chain((all) =>
    fc.tuple(
      ...all.map(([a, b]) => fc.double({ min: 0.5, max: 0.999, noNaN: true }).map((p) => link(`c${a}`, `c${b}`, p))),
    ),
  )

test('SE-3: clusters do not depend on the order of pairs and never hold two who were marked apart', () => {
  fc.assert(
    fc.property(pairs, fc.array(fc.tuple(fc.nat(9), fc.nat(9))), fc.integer(), (likely, marks, seed) => {
      const apart = new Set(marks.flatMap(([a, b]) => [`c${a} c${b}`, `c${b} c${a}`]))
      const against = (a: string, b: string) => (apart.has(`${a} ${b}`) ? Infinity : 0)
      const allowed = likely.filter(({ a, b }) => !apart.has(`${a} ${b}`))
      const clusters = clusterDuplicates(allowed, against)
      for (const { links } of clusters) for (const { a, b } of links) expect(apart.has(`${a} ${b}`)).toBe(false)
      const shuffled = allowed.toSorted(
        (x, y) => ((x.probability * 1e6 + seed) % 7) - ((y.probability * 1e6 + seed) % 7),
      )
      const sorted = (of: typeof clusters) => of.map(({ members }) => members.join()).toSorted()
      expect(sorted(clusterDuplicates(shuffled, against))).toEqual(sorted(clusters))
    }),
    { numRuns: 300 },
  )
})
