import type { CustomerHistory } from '../replica-api/history.ts'
import type { Result } from '../util/result.ts'
import { type AskReplica, changeRecord } from './ask-replica.ts'

/** Most summaries that an enrichment tells. */
const SUMMARIES = 10

/** What the conversations say of their customer, as far as this computer holds them (SPEC DB-7). */
export interface CustomerEnrichment {
  readonly conversationCount: number
  readonly firstSeenAt: string | null
  readonly lastSeenAt: string | null
  /** Of the latest conversations, newest first. */
  readonly summaries: readonly { readonly conversationId: string; readonly at: string; readonly summary: string }[]
  /** Contact data that differs from the customer's, newest first: nobody has decided about it. */
  readonly suggestions: CustomerHistory['suggestions']['rows']
}

/** What can be learnt about a customer from the conversations. */
export class CustomerEnrichmentService {
  readonly #ask: AskReplica

  constructor(ask: AskReplica) {
    this.#ask = ask
  }

  /** Aggregates the conversations of a customer. Writes nothing: empty fields were filled when the chats came in. */
  async enrichCustomer(id: string): Promise<CustomerEnrichment> {
    const { conversations, suggestions } = await this.#ask('customers.history', { id })
    const { rows, total } = conversations
    const summaries = rows.flatMap(({ id: conversationId, createdAt: at, summary }) =>
      summary === null ? [] : { conversationId, at, summary },
    )
    return {
      conversationCount: total,
      firstSeenAt: rows.at(-1)?.createdAt ?? null,
      lastSeenAt: rows[0]?.createdAt ?? null,
      summaries: summaries.slice(0, SUMMARIES),
      suggestions: suggestions.rows.filter(({ status }) => status === 'open'),
    }
  }

  /** Takes what a chat suggested for a field, or leaves it for good. */
  settleSuggestion(suggestionId: string, status: 'accepted' | 'dismissed'): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'suggestion.settle', suggestionId, status })
  }
}
