import { recordKey, type StoredCollection } from '#database/local/replica-record.ts'
import type { ChatReviewReason } from '#shared/domain/chat-review.ts'
import type { WaitingChat } from '#shared/replica-api/chats.ts'
import type { RequestInput, RequestOutput } from '#shared/replica-api/contract.ts'
import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { liveEnd } from '../conflict/pending-merges.ts'
import { type RecordAuthor, shownRow } from '../conflict/record-rows.ts'
import { asCustomer } from '../duplicates/preview-merge.ts'
import type { ReplicaStore, StoreListener } from '../replication/replica-store.ts'

/** What the review of chats works with. */
interface WaitingChatsDeps {
  readonly store: ReplicaStore
  readonly author: () => RecordAuthor
  /** Told when it may be others that wait. */
  readonly onChange: () => void
}

/** A chat in the queue, by ids. */
interface Queued {
  readonly conversationId: string
  readonly at: string
  readonly reason: ChatReviewReason
  /** Best first. */
  readonly candidates: readonly string[]
}

interface Queue {
  /** Newest first. */
  readonly here: readonly Queued[]
  readonly older: number
}

const MADE_OF: ReadonlySet<StoredCollection> = new Set(['chatReviews', 'conversations'])

/** The chats that wait for a person, as this computer holds them; one that is linked here waits no longer. */
export class WaitingChats {
  readonly #deps: WaitingChatsDeps
  #queue: Queue | null = null
  /** Taken off a customer here: the server puts them into the queue when it hears of it, and that comes back later still. */
  readonly #unlinked = new Set<string>()

  constructor(deps: WaitingChatsDeps) {
    this.#deps = deps
  }

  /** Takes in a write. */
  apply({ records: { put, before } }: Parameters<StoreListener>[0]): void {
    if (![...put, ...before].some(({ collection }) => MADE_OF.has(collection))) return
    this.#queue = null
    this.#deps.onChange()
  }

  /** A window of them. */
  page({ offset, limit }: RequestInput<'chats.waiting'>): RequestOutput<'chats.waiting'> {
    this.#queue ??= this.#read()
    const { here, older } = this.#queue
    return {
      chats: here.slice(offset, offset + limit).flatMap((queued) => this.#show(queued)),
      total: here.length,
      older,
    }
  }

  #read(): Queue {
    const { records } = this.#deps.store
    const reviews = new Map<string, CollectionRow<'chatReviews'>[]>()
    for (const record of records.of('chatReviews')) {
      const row = this.#row('chatReviews', record.id)
      if (row?.status !== 'open') continue
      const rows = reviews.get(row.conversationId)
      if (rows === undefined) reviews.set(row.conversationId, [row])
      else rows.push(row)
    }
    const here: Queued[] = []
    let older = 0
    for (const [conversationId, rows] of reviews) {
      const chat = records.get(recordKey('conversations', conversationId))
      if (chat === undefined) older += 1
      if (chat === undefined || chat.customerId !== null) continue
      const ranked = rows.sort((a, b) => a.rank - b.rank)
      const candidates = ranked.flatMap(({ customerId }) => customerId ?? [])
      here.push({ conversationId, at: chat.at, reason: ranked[0]?.reason ?? 'error', candidates })
    }
    for (const { id, customerId } of records.waiting('conversations')) if (customerId === null) this.#unlinked.add(id)
    for (const id of this.#unlinked) {
      const chat = records.get(recordKey('conversations', id))
      if (chat === undefined || chat.customerId !== null || reviews.has(id)) this.#unlinked.delete(id)
      else here.push({ conversationId: id, at: chat.at, reason: 'unlinked_by_hand', candidates: [] })
    }
    return { here: here.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)), older }
  }

  #show({ conversationId, reason, candidates: ids }: Queued): WaitingChat[] {
    const chat = this.#row('conversations', conversationId)
    if (chat === null) return []
    const see = (id: string) => this.#deps.store.shown.get(id)
    const ends = ids.flatMap((id) => liveEnd(id, see) ?? []).filter(({ deletedAt }) => deletedAt === null)
    const candidates = [...new Map(ends.map((held) => [held.id, asCustomer(held)])).values()]
    return [{ chat, reason, candidates }]
  }

  #row<C extends 'chatReviews' | 'conversations'>(collection: C, id: string): CollectionRow<C> | null {
    const held = this.#deps.store.records.get(recordKey(collection, id))
    return held === undefined ? null : shownRow({ ...held, collection }, this.#deps.author())
  }
}
