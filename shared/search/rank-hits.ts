import { explainHit } from './explain-hit.ts'
import { fuseScores, INDEX_SHARE, RERANK_LIMIT } from './fuse-rerank.ts'
import { nameCoverage } from './name-coverage.ts'
import type { Term } from './parse-query.ts'
import type { FieldRanges, SearchableCustomer, SearchHit } from './searchable-customer.ts'

/** Weight of the share of the name that was typed, in the ranking of the best hits. */
const COVERAGE_WEIGHT = 0.12

/** A customer that the index found, with its score there. */
export interface Found {
  readonly customer: SearchableCustomer
  readonly score: number
}

/**
 * Ranks the first hits (given best first) by index, name and Fuse.js together; the others keep the order
 * of the index behind them.
 */
export function rankHits(query: string, terms: readonly Term[], found: readonly Found[]): SearchHit[] {
  const top = found.slice(0, RERANK_LIMIT)
  const fuse = fuseScores(
    query,
    top.map(({ customer }) => customer),
  )
  const ranked = top.map(({ customer, score }, i) => {
    const index = score + COVERAGE_WEIGHT * nameCoverage(terms, customer.name)
    return new ExplainedHit(terms, customer, INDEX_SHARE * index + (1 - INDEX_SHARE) * (fuse[i] ?? 0))
  })
  ranked.sort((a, b) => b.score - a.score)
  const rest = found.slice(RERANK_LIMIT).map((hit) => new ExplainedHit(terms, hit.customer, INDEX_SHARE * hit.score))
  return [...ranked, ...rest]
}

/** A hit that works out its reason and marks when asked: of 10,000 hits only those on screen cost that. */
class ExplainedHit implements SearchHit {
  readonly id: string
  readonly score: number
  readonly #terms: readonly Term[]
  readonly #customer: SearchableCustomer
  #explanation: ReturnType<typeof explainHit> | null = null

  constructor(terms: readonly Term[], customer: SearchableCustomer, score: number) {
    this.id = customer.id
    this.score = score
    this.#terms = terms
    this.#customer = customer
  }

  get why(): string | null {
    return this.#explain().why
  }

  get ranges(): FieldRanges {
    return this.#explain().ranges
  }

  #explain(): ReturnType<typeof explainHit> {
    this.#explanation ??= explainHit(this.#terms, this.#customer)
    return this.#explanation
  }
}
