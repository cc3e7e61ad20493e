import { bestFirst, fitting } from './best-first.ts'
import { explainHit } from './explain-hit.ts'
import { RERANK_LIMIT } from './fuse-rerank.ts'
import type { Term } from './parse-query.ts'
import { rankHits } from './rank-hits.ts'
import type { Standing } from './score-board.ts'
import type { Explanation, SearchableCustomer, SearchHit } from './searchable-customer.ts'

/** Which customer an index calls by which number. Another object when it has numbered them anew. */
export interface Numbering {
  /** Undefined: nobody has the number any more. */
  readonly at: (number: number) => SearchableCustomer | undefined
}

/**
 * Everybody whom a query finds. Ranking and explaining cost more than finding, and are done for those only
 * who are asked for. To be read before the index changes.
 */
export class SearchResult {
  readonly numbering: Numbering
  readonly #query: string
  readonly #terms: readonly Term[]
  readonly #standing: Standing

  constructor(query: string, terms: readonly Term[], standing: Standing, numbering: Numbering) {
    this.#query = query
    this.#terms = terms
    this.#standing = standing
    this.numbering = numbering
  }

  /** The numbers of all that match, in no order. */
  get numbers(): Int32Array {
    return this.#standing.slots
  }

  /** The best `limit` customers of those that fit, best first, and how many fit in all. */
  best(
    limit: number,
    fits: ((number: number) => boolean) | null = null,
  ): { readonly hits: SearchHit[]; readonly total: number } {
    const all = fits === null ? this.#standing : fitting(this.#standing, fits)
    const { slots, scores } = bestFirst(all, Math.max(limit, RERANK_LIMIT))
    const found: SearchHit[] = []
    for (const [i, number] of slots.entries()) {
      const customer = this.numbering.at(number)
      if (customer !== undefined) found.push({ number, customer, score: scores[i] as number })
    }
    return { hits: rankHits(this.#query, this.#terms, found).slice(0, limit), total: all.slots.length }
  }

  /** Why a customer matches, and what to mark in its texts. */
  explain(customer: SearchableCustomer): Explanation {
    return explainHit(this.#terms, customer)
  }
}
