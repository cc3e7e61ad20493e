import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ComparisonRecord,
  type MatchableCustomer,
  toComparisonRecord,
} from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import { ASK, checkCustomer } from '#shared/matching/find-duplicates.ts'
import { DEFAULT_MODEL } from '#shared/matching/match-model.ts'
import { PairScorer } from '#shared/matching/pair-scorer.ts'
import { ValueCounts } from '#shared/matching/value-counts.ts'
import { LikelyPairs } from './likely-pairs.ts'

/** So few that no key is too common to be compared by. */
const CUSTOMERS = 12
const id = fc.nat(CUSTOMERS - 1).map((n) => `c${String(n).padStart(2, '0')}`)
/** Two people with many spellings, a relative, a namesake and a stranger. */
const customer = fc.record({
  id,
  name: fc.constantFrom('Anna Vogel', 'Ana Vogel', 'Anna Vogl', 'Tom Vogel', 'A. Vogel', 'Tim Nowak', 'Timothy Nowak'),
  email: fc.constantFrom(null, 'anna.vogel@x.org', 'a.vogel@y.org', 'tn17@x.org'),
  phone: fc.constantFrom(null, '+49 30 5550177', '030 5550177', '+49 30 5550178', '+49 89 123456'),
  address: fc.constantFrom(null, '5 Lindenallee, 10115 Berlin', '5 Lindenalle, Berlin', '7 Hauptstr., 80331 Munich'),
  notes: fc.constantFrom(null, 'born 1950', 'born 1982'),
})
type Step =
  | { readonly kind: 'put'; readonly customer: MatchableCustomer }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'mark'; readonly pair: readonly [string, string] }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: customer.map((made) => ({ kind: 'put' as const, customer: made })) },
  { weight: 1, arbitrary: id.map((gone) => ({ kind: 'remove' as const, id: gone })) },
  { weight: 2, arbitrary: fc.tuple(id, id).map((pair) => ({ kind: 'mark' as const, pair })) },
)

/** How often values occur in some base of strangers, whatever is added: what is rare stays rare. */
class StillCounts extends ValueCounts {
  #isStill = false
  constructor(rows: number) {
    super()
    for (let n = 0; n < rows; n++) this.add(record({ id: `x${n}`, name: `Rosa${n} Borg${n}` }))
    this.#isStill = true
  }
  override add(given: ComparisonRecord): void {
    if (!this.#isStill) super.add(given)
  }
  override remove(given: ComparisonRecord): void {
    if (!this.#isStill) super.remove(given)
  }
}
class StillIndex extends DuplicateIndex {
  override readonly counts: ValueCounts = COUNTS
}
const record = (fields: Partial<MatchableCustomer> & { readonly id: string }) =>
  toComparisonRecord({ name: '', email: null, phone: null, address: null, notes: null, ...fields })
const COUNTS = new StillCounts(400)

function finish(steps: Generator<void, void>): void {
  while (!steps.next().done);
}
const shownOf = (pairs: LikelyPairs) =>
  pairs.groups.map(({ members, probability }) => `${members.join(' ')} ${probability.toFixed(6)}`).toSorted()

test('SE-3: whatever is made, edited, deleted or told apart, the groups are those of a scan made afresh', () => {
  let grouped = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = new StillIndex()
      const pairs = new LikelyPairs()
      const marks = new Set<string>()
      const markedApart = (a: string, b: string) => marks.has(a < b ? `${a} ${b}` : `${b} ${a}`)
      const grouping = { index, model: DEFAULT_MODEL, markedApart }
      for (const each of steps) {
        if (each.kind === 'mark') {
          const key = each.pair.toSorted().join(' ')
          if (!marks.delete(key)) marks.add(key)
          finish(pairs.regroup(each.pair, grouping))
          continue
        }
        const changed = each.kind === 'put' ? each.customer.id : each.id
        if (each.kind === 'put') index.upsert(toComparisonRecord(each.customer))
        else index.remove(changed)
        const made = index.get(changed)
        const found = made === undefined ? [] : checkCustomer(made, index, DEFAULT_MODEL, () => false)
        finish(pairs.regroup(pairs.replace(changed, found), grouping))
      }

      const fresh = new StillIndex()
      for (const each of [...index.records()].toReversed()) fresh.upsert(each)
      const scorer = new PairScorer(DEFAULT_MODEL, fresh.counts)
      const scanned = new LikelyPairs()
      for (const slice of fresh.pairs()) {
        for (const [a, b] of slice.pairs) {
          const { pattern, probability } = scorer.score(a, b)
          if (probability >= ASK) scanned.add([{ a: a.id, b: b.id, pattern, probability }])
        }
      }
      const everybody = [...fresh.records()].map((each) => each.id)
      finish(scanned.regroup(everybody, { ...grouping, index: fresh }))
      expect(shownOf(pairs)).toEqual(shownOf(scanned))
      for (const group of pairs.groups) {
        grouped += 1
        for (const pair of group.pairs) expect(markedApart(pair.a, pair.b)).toBe(false)
        for (const member of group.members) expect(pairs.groupOf(member)).toBe(group)
      }
    }),
    { numRuns: 150 },
  )
  expect(grouped).toBeGreaterThan(30)
})
