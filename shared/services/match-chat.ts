import type { ChatReviewReason } from '../domain/chat-review.ts'
import type { Contact, ContactKeys } from './contact-keys.ts'
import { namesAgree } from './names-agree.ts'

/** A customer with the keys of the contact data. */
export interface KnownContact extends Contact {
  readonly id: string
  readonly keys: ContactKeys
}

/** Whom a name calls, if it is one. */
type Named = Pick<KnownContact, 'name' | 'keys'>

/** Customers that have a key of the chat. */
export interface KeyHolders<Known extends KnownContact> {
  readonly email: readonly Known[]
  readonly phone: readonly Known[]
  readonly name: readonly Known[]
}

/** Whose a chat is. `undecided`: a person must say, the best candidate comes first. */
export type ChatMatch<Known extends KnownContact> =
  | { readonly kind: 'found'; readonly customer: Known }
  | { readonly kind: 'new' }
  | { readonly kind: 'undecided'; readonly reason: ChatReviewReason; readonly candidates: readonly Known[] }

/**
 * Whose chat is it? E-mail, then phone, then exact name; what several customers have in common decides
 * only together with a second identity that singles one out. The rule of `private.match_chat` of the
 * database (SPEC DB-4), but for what only the server knows: by which identities earlier chats came.
 */
export function matchChat<Known extends KnownContact>(chat: Named, holders: KeyHolders<Known>): ChatMatch<Known> {
  const { keys } = chat
  if (keys.email === null && keys.phone === null && keys.name === null) return undecided('no_contact', [])
  const { email: byEmail, phone: byPhone, name: byName } = holders
  if (byEmail.length > 0) {
    const both = byEmail.filter(({ id }) => byPhone.some((other) => other.id === id))
    const called = thoseCalled(byEmail, chat)
    return (
      only(byEmail) ?? only(both) ?? only(called) ?? undecided('shared_email', ranked([...both, ...called], byEmail))
    )
  }
  if (byPhone.length > 1) {
    const called = thoseCalled(byPhone, chat)
    return only(called) ?? undecided('shared_phone', ranked(called, byPhone))
  }
  const [holder] = byPhone
  if (holder !== undefined) {
    // Another name and another e-mail: a phone in the hall, not a person.
    const isAnother = keys.email !== null && holder.keys.email !== null && !canBeCalled(holder, chat)
    return isAnother ? undecided('phone_of_another', byPhone) : { kind: 'found', customer: holder }
  }
  // Somebody of the same name with another e-mail or phone is somebody else.
  const alike = byName.filter((one) => fits(one.keys.email, keys.email) && fits(one.keys.phone, keys.phone))
  if (alike.length === 0) return { kind: 'new' }
  return (byName.length === 1 ? only(alike) : null) ?? undecided('shared_name', alike)
}

/** Which of some customers a name can mean: those of exactly that name, else those whose name agrees. */
function thoseCalled<Known extends KnownContact>(customers: readonly Known[], chat: Named): readonly Known[] {
  if (chat.keys.name === null) return []
  const exact = customers.filter(({ keys }) => keys.name === chat.keys.name)
  return exact.length > 0 ? exact : customers.filter((one) => canBeCalled(one, chat))
}

function canBeCalled(customer: Named, chat: Named): boolean {
  if (customer.keys.name === null || chat.keys.name === null) return true
  return namesAgree(customer.name ?? '', chat.name ?? '')
}

function only<Known extends KnownContact>(customers: readonly Known[]): ChatMatch<Known> | null {
  const [customer, another] = customers
  return customer === undefined || another !== undefined ? null : { kind: 'found', customer }
}

function undecided<Known extends KnownContact>(
  reason: ChatReviewReason,
  candidates: readonly Known[],
): ChatMatch<Known> {
  return { kind: 'undecided', reason, candidates }
}

function ranked<Known extends KnownContact>(first: readonly Known[], all: readonly Known[]): readonly Known[] {
  return [...new Set([...first, ...all])]
}

function fits(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other
}
