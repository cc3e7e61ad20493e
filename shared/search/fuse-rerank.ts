import Fuse, { type IFuseOptions } from 'fuse.js'
import type { SearchableCustomer } from './searchable-customer.ts'

/** Customers that Fuse.js looks at: more cost a key stroke's time and change nothing on the first screen. */
export const RERANK_LIMIT = 50

/** Share of the index in the blended score; the rest is Fuse.js. */
export const INDEX_SHARE = 0.8

/** Address and notes are left to the index: long texts are most of the cost of Fuse.js and none of its gain. */
const OPTIONS: IFuseOptions<SearchableCustomer> = {
  keys: [
    { name: 'name', weight: 3 },
    { name: 'email', weight: 1, getFn: (customer) => customer.email ?? '' },
  ],
  threshold: 0.4,
  useTokenSearch: true,
  tokenMatch: 'any',
  ignoreDiacritics: true,
  includeScore: true,
}

/**
 * How well Fuse.js thinks each customer fits the query, 0 to 1, in the order given. It ranks and
 * never filters: what it doesn't find gets 0.
 */
export function fuseScores(query: string, customers: readonly SearchableCustomer[]): number[] {
  const scores = customers.map(() => 0)
  if (customers.length < 2) return scores
  for (const result of new Fuse(customers, OPTIONS).search(query)) scores[result.refIndex] = 1 - (result.score ?? 1)
  return scores
}
