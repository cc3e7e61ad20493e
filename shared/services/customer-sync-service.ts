import type { ChatReviewReason } from '../domain/chat-review.ts'
import type { Conversation } from '../domain/conversation.ts'
import { type CustomerChanges, type CustomerField, FIELD_LIMITS, NO_FIELDS } from '../domain/customer.ts'
import type { RequestInput, RequestOutput } from '../replica-api/contract.ts'
import type { CustomerRow, ListQuery } from '../replica-api/list.ts'
import { fail, ok, type Result } from '../util/result.ts'
import { type AskReplica, changeRecord, written } from './ask-replica.ts'
import type { ContactKeys } from './contact-keys.ts'
import type { CustomerRepository } from './customer-repository.ts'
import type { KeyHolders, KnownContact } from './match-chat.ts'

/** What became of a chat. `filled`: linked, and the customer's empty fields got what the chat says. */
export type CustomerSyncResult =
  | { readonly kind: 'linked' | 'created'; readonly customerId: string }
  | { readonly kind: 'filled'; readonly customerId: string; readonly filledFields: readonly CustomerField[] }
  /** Several customers can be meant, or nobody: a person must say, the best candidate comes first. */
  | { readonly kind: 'needs_review'; readonly reason: ChatReviewReason; readonly candidates: readonly CustomerRow[] }

interface CustomerSyncDeps {
  readonly ask: AskReplica
  readonly customers: CustomerRepository
  /** ISO 3166-1 alpha-2 of the open company: how national phone numbers are read. */
  readonly country: () => string
}

type KnownCustomer = KnownContact & { readonly row: CustomerRow }

/** As many as the database looks at: what more customers share is nothing personal. */
const MOST_HOLDERS = 50
const NOT_READY = fail('not_ready', 'The customers are still being made searchable. Try again in a minute.')

/**
 * Chats and customers in step, as the triggers of the database do it (SPEC DB-4), on what this computer
 * holds. Failures are values; a call that failed halfway can be repeated.
 */
export class CustomerSyncService {
  readonly #deps: CustomerSyncDeps

  constructor(deps: CustomerSyncDeps) {
    this.#deps = deps
  }

  /**
   * Finds or makes the customer of a chat, fills what is empty there, never writes over what is filled,
   * and links the chat. A chat that is linked stays so: the server takes over what it says.
   */
  createOrUpdateFromChat(chat: Conversation): Promise<Result<CustomerSyncResult>> {
    return written(this.#findOrCreate(chat))
  }

  /**
   * Links a chat to a customer, or to nobody. From then on the database writes edits of the customer into
   * the contact columns of the chat; unlinked, the chat says again what it said itself. `was`: whose it was
   * when the user decided; where somebody has linked it since, it fails with `nothing_to_do`.
   */
  syncToChat(conversationId: string, customerId: string | null, was?: string | null): Promise<Result<{ id: string }>> {
    return changeRecord(this.#deps.ask, { kind: 'chat.link', conversationId, customerId, was })
  }

  /** Chats that wait for a person to say whose they are, newest first, each with who may be meant. */
  getWaitingChats(page: RequestInput<'chats.waiting'>): Promise<RequestOutput<'chats.waiting'>> {
    return this.#deps.ask('chats.waiting', page)
  }

  /** Makes a customer from what a chat says, whoever looks like it, and links the chat; answers with the id. */
  createFromChat(chat: Conversation): Promise<Result<{ id: string }>> {
    return written(this.#create(chat))
  }

  async #create(chat: Conversation): Promise<Result<{ id: string }>> {
    const { contactKeys } = await import('./contact-keys.ts')
    return this.#createAs(chat, saidBy(chat, contactKeys(chat, this.#deps.country())))
  }

  async #createAs(chat: Conversation, said: Said): Promise<Result<{ id: string }>> {
    const name = said.name ?? said.email ?? said.phone
    if (name === null) return fail('invalid', 'The conversation names nobody. Write the customer down, then link it.')
    const fields = { ...NO_FIELDS, ...said, name }
    return written(this.#deps.ask('customers.create', { fields, source: 'chat', chatId: chat.id }))
  }

  async #findOrCreate(chat: Conversation): Promise<Result<CustomerSyncResult>> {
    if (chat.customerId !== null) return ok({ kind: 'linked', customerId: chat.customerId })
    // Asked for rarely, and with the reader of phone numbers larger than all other services.
    const [{ contactKeys }, { matchChat }] = await Promise.all([import('./contact-keys.ts'), import('./match-chat.ts')])
    const country = this.#deps.country()
    const keys = contactKeys(chat, country)
    const found = await this.#holdersOf(keys, (row) => contactKeys(row, country))
    if (!found.ok) return found
    const holders = found.value
    const match = matchChat({ name: chat.name, keys }, holders)
    if (match.kind === 'undecided') {
      return ok({ kind: 'needs_review', reason: match.reason, candidates: match.candidates.map(({ row }) => row) })
    }
    const said = saidBy(chat, keys)
    if (match.kind === 'new') {
      const made = await this.#createAs(chat, said)
      return made.ok ? ok({ kind: 'created', customerId: made.value.id }) : made
    }
    const { row, id } = match.customer
    const changes: CustomerChanges = {
      // A customer made from a chat without a name is called by its e-mail or phone.
      ...(said.name !== null && (row.name === row.email || row.name === row.phone) ? { name: said.name } : {}),
      // What is somebody else's, too, is nobody's own.
      ...(row.email === null && said.email !== null && holders.email.length === 0 ? { email: said.email } : {}),
      ...(row.phone === null && said.phone !== null && holders.phone.length === 0 ? { phone: said.phone } : {}),
      ...(row.address === null && said.address !== null ? { address: said.address } : {}),
    }
    const filledFields = Object.keys(changes) as (keyof typeof said)[]
    if (filledFields.length > 0) {
      const base = Object.fromEntries(filledFields.map((field) => [field, row[field]]))
      const filled = await this.#deps.customers.updateCustomer(id, changes, base)
      if (!filled.ok) return filled
    }
    const linked = await this.syncToChat(chat.id, id, chat.customerId)
    if (!linked.ok) return linked
    return ok(
      filledFields.length === 0 ? { kind: 'linked', customerId: id } : { kind: 'filled', customerId: id, filledFields },
    )
  }

  /** Customers with the keys of a chat, found by the list's own search. */
  async #holdersOf(
    keys: ContactKeys,
    keysOf: (row: CustomerRow) => ContactKeys,
  ): Promise<Result<KeyHolders<KnownCustomer>>> {
    const fields = ['email', 'phone', 'name'] as const
    const windows = await Promise.all(
      fields.map(async (field) => {
        const key = keys[field]
        if (key === null) return { field, key, window: null }
        return { field, key, window: await this.#deps.customers.getCustomers(searchFor(key), FIRST_PAGE) }
      }),
    )
    if (windows.some(({ window }) => window?.indexing !== undefined)) return NOT_READY
    const holders: Record<(typeof fields)[number], KnownCustomer[]> = { email: [], phone: [], name: [] }
    for (const { field, key, window } of windows) {
      const rows = window?.rows ?? []
      const known = rows.map((row) => ({ ...row, row, keys: keysOf(row) }))
      holders[field] = known.filter((one) => one.keys[field] === key).slice(0, MOST_HOLDERS)
    }
    return ok(holders)
  }
}

/** What a chat says of a customer, in the form of the fields. */
type Said = Readonly<Record<'name' | 'email' | 'phone' | 'address', string | null>>

function saidBy(chat: Conversation, keys: ContactKeys): Said {
  return {
    name: keys.name === null ? null : textOf(chat.name, FIELD_LIMITS.name),
    email: keys.email,
    phone: keys.phone === null ? null : textOf(chat.phone, FIELD_LIMITS.phone),
    address: textOf(chat.address, FIELD_LIMITS.address),
  }
}

const FIRST_PAGE = { offset: 0, limit: 500 }

function searchFor(text: string): ListQuery {
  return { search: text.slice(0, 200), filter: {}, sort: { by: 'relevance', direction: 'desc' } }
}

function textOf(text: string | null, limit: number): string | null {
  return text?.trim().slice(0, limit) || null
}
