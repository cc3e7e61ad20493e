import { type FieldMatch, matchTerm, readCustomer } from './field-match.ts'
import type { Term } from './parse-query.ts'
import {
  type Explanation,
  type FieldRanges,
  type Ranges,
  SEARCHED,
  type SearchableCustomer,
} from './searchable-customer.ts'

/**
 * Says why a customer is a hit and what to mark. Worked out from the texts themselves, not from the
 * index, so that marks are right for any spelling that the index let through.
 */
export function explainHit(terms: readonly Term[], customer: SearchableCustomer): Explanation {
  const ranges: FieldRanges = {}
  const reasons: FieldMatch[] = []
  const read = readCustomer(customer)
  for (const term of terms) {
    const matches = matchTerm(term, read)
    for (const match of matches) ranges[match.field] = mergeRanges([...(ranges[match.field] ?? []), ...match.ranges])
    // Where it stands in several fields, the one that weighs most is named.
    const best = matches.toSorted((a, b) => b.fit * SEARCHED[b.field].weight - a.fit * SEARCHED[a.field].weight)[0]
    if (best !== undefined) reasons.push(best)
  }
  return { why: why(reasons), ranges }
}

/** A misspelling is the most surprising reason, then another name and the sound, then the first field that isn't the name. */
function why(reasons: readonly FieldMatch[]): string | null {
  const surprises = reasons.map((reason) => reason.surprise)
  const edits = Math.max(0, ...surprises.map((surprise) => (typeof surprise === 'number' ? surprise : 0)))
  if (edits > 0) return edits === 1 ? '1 letter' : `${edits} letters`
  if (surprises.includes('nickname')) return 'nickname'
  if (surprises.includes('sound')) return 'sounds alike'
  const field = reasons.find((reason) => reason.field !== 'name')?.field
  return field === undefined ? null : SEARCHED[field].label
}

/** Sorts ranges and joins those that overlap. */
function mergeRanges(ranges: Ranges): Ranges {
  const merged: Ranges = []
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
