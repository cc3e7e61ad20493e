import { fuseScores, INDEX_SHARE, RERANK_LIMIT } from './fuse-rerank.ts'
import { nameCoverage } from './name-coverage.ts'
import type { Term } from './parse-query.ts'
import type { SearchHit } from './searchable-customer.ts'

/** Weight of the share of the name that was typed, in the ranking of the best hits. */
const COVERAGE_WEIGHT = 0.12

/**
 * Ranks the first hits (given best first, with their scores in the index) by index, name and Fuse.js
 * together; the others keep the order of the index behind them.
 */
export function rankHits(query: string, terms: readonly Term[], found: readonly SearchHit[]): SearchHit[] {
  const top = found.slice(0, RERANK_LIMIT)
  const fuse = fuseScores(
    query,
    top.map(({ customer }) => customer),
  )
  const ranked = top.map((hit, i) => {
    const index = hit.score + COVERAGE_WEIGHT * nameCoverage(terms, hit.customer.name)
    return { ...hit, score: INDEX_SHARE * index + (1 - INDEX_SHARE) * (fuse[i] ?? 0) }
  })
  ranked.sort((a, b) => b.score - a.score)
  const rest = found.slice(RERANK_LIMIT).map((hit) => ({ ...hit, score: INDEX_SHARE * hit.score }))
  return [...ranked, ...rest]
}
