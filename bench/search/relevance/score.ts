import type { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { RelevanceQuery } from './relevance-set.ts'

/** The first ids that a search finds for what was typed, best first. */
export type FirstHits = (query: string) => readonly string[]

/** The first `limit` ids that our search finds. */
export function firstIds(index: CustomerSearchIndex, query: string, limit: number): string[] {
  const { hits } = index.search(query).best(limit)
  return hits.map(({ customer }) => customer.id)
}

/** How well the queries of a kind were answered: shares of them, and the mean of 1 / rank of the right customer. */
export interface Score {
  readonly queries: number
  readonly hit1: number
  readonly hit5: number
  readonly mrr: number
}

/** The scores by kind, and over all queries under `ALL`. */
export function scoreOf(queries: readonly RelevanceQuery[], find: FirstHits): ReadonlyMap<string, Score> {
  const ranks = new Map<string, number[]>()
  for (const { kind, query, expected } of queries) {
    const rank = find(query).findIndex((id) => expected.has(id)) + 1
    for (const group of [kind, ALL]) ranks.set(group, [...(ranks.get(group) ?? []), rank])
  }
  return new Map(
    [...ranks].map(([kind, list]) => {
      const share = (fits: (rank: number) => boolean) => list.filter(fits).length / list.length
      const mrr = list.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / list.length
      const hit1 = share((rank) => rank === 1)
      return [kind, { queries: list.length, hit1, hit5: share((rank) => rank > 0 && rank <= 5), mrr }]
    }),
  )
}

export const ALL = 'all'
