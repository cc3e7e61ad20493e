import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import type { CustomerSource } from '#shared/domain/customer.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'

/** What is yes or no of a customer, as bits of `flags`. */
export const FLAG = {
  /** In lists at all: not deleted, not a refused creation. */
  listed: 1,
  email: 2,
  phone: 4,
  address: 8,
  notes: 16,
  /** Owned or created by this user. */
  mine: 32,
  waiting: 64,
  attention: 128,
} as const

const SOURCES: readonly CustomerSource[] = ['chat', 'manual', 'import']
export const SOURCE_CODE = Object.fromEntries(SOURCES.map((source, code) => [source, code])) as Readonly<
  Record<CustomerSource, number>
>

const NO_TAGS: readonly number[] = []

/** Values that repeat, as small numbers. */
class Dictionary<T> {
  readonly values: T[] = []
  readonly #codes = new Map<T, number>()

  /** The number of a value, a new one where it has none. */
  codeOf(value: T): number {
    let code = this.#codes.get(value)
    if (code === undefined) {
      code = this.values.push(value) - 1
      this.#codes.set(value, code)
    }
    return code
  }
}

/**
 * What lists filter and sort by, column by column in flat arrays: a pass over 100,000 customers takes
 * about a millisecond. A customer keeps its slot for good, so that a list of slots stays true whatever
 * happens to them.
 */
export class CustomerColumns {
  readonly ids: string[] = []
  readonly owners = new Dictionary<string | null>()
  readonly tags = new Dictionary<string>()
  /** Codes of the tags, by slot. */
  readonly tagCodes: (readonly number[])[] = []
  /** Slots ever given out. */
  size = 0
  listed = 0
  flags = new Uint8Array(1_024)
  sources = new Uint8Array(1_024)
  ownerCodes = new Uint32Array(1_024)
  /** The version of the data that changed the customer last. */
  changedIn = new Uint32Array(1_024)
  /** Milliseconds since 1970, after `date`; `lastSeen` 0: never. */
  created = new Float64Array(1_024)
  changed = new Float64Array(1_024)
  lastSeen = new Float64Array(1_024)
  readonly #userId: string
  readonly #slotOf = new Map<string, number>()
  readonly #held: (ReplicaCustomer | undefined)[] = []
  /** Slots whose dates were read; from all of them on, dates are read as customers come. */
  #dated = 0
  #isDated = false

  constructor(userId: string) {
    this.#userId = userId
  }

  /** The slot of a customer that is or was listed. */
  slotOf(id: string): number | undefined {
    return this.#slotOf.get(id)
  }

  /** The slots of those that are or were listed. */
  slotsOf(ids: readonly string[]): number[] {
    return ids.flatMap((id) => this.#slotOf.get(id) ?? [])
  }

  /** The customer of a slot; undefined when it is not listed any more. */
  at(slot: number): ReplicaCustomer | undefined {
    return this.#held[slot]
  }

  isListed(slot: number): boolean {
    return ((this.flags[slot] as number) & FLAG.listed) !== 0
  }

  /** Lists a customer, or its new version; the slot. */
  put(held: ReplicaCustomer, version: number): number {
    const slot = this.#slotOf.get(held.id) ?? this.#newSlot(held.id)
    if (!this.isListed(slot)) this.listed += 1
    this.#held[slot] = held
    this.flags[slot] = this.#flagsOf(held)
    this.sources[slot] = SOURCE_CODE[held.source]
    this.ownerCodes[slot] = this.owners.codeOf(held.ownerId)
    this.changedIn[slot] = version
    if (this.#isDated || slot < this.#dated) this.#putDates(slot, held)
    this.tagCodes[slot] = held.tags.length === 0 ? NO_TAGS : held.tags.map((tag) => this.tags.codeOf(tag))
    return slot
  }

  /** Takes a customer out of all lists; the slot it had, null where it was in none. */
  remove(id: string, version: number): number | null {
    const slot = this.#slotOf.get(id)
    if (slot === undefined || !this.isListed(slot)) return null
    this.listed -= 1
    this.#held[slot] = undefined
    this.flags[slot] = 0
    this.changedIn[slot] = version
    this.tagCodes[slot] = NO_TAGS
    return slot
  }

  /**
   * Reads the dates of `most` more customers; before somebody sorts or filters by them that would only slow
   * the start. False: those of all were read.
   */
  date(most = Number.POSITIVE_INFINITY): boolean {
    if (this.#isDated) return false
    const end = Math.min(this.size, this.#dated + most)
    for (; this.#dated < end; this.#dated++) {
      const held = this.#held[this.#dated]
      if (held !== undefined) this.#putDates(this.#dated, held)
    }
    this.#isDated = this.#dated === this.size
    return !this.#isDated
  }

  #putDates(slot: number, held: ReplicaCustomer): void {
    this.created[slot] = Date.parse(held.createdAt)
    this.changed[slot] = Date.parse(held.updatedAt)
    this.lastSeen[slot] = held.lastSeenAt === null ? 0 : Date.parse(held.lastSeenAt)
  }

  #flagsOf(held: ReplicaCustomer): number {
    const isMine = held.ownerId === this.#userId || held.createdByUserId === this.#userId
    return (
      FLAG.listed |
      (held.email === null ? 0 : FLAG.email) |
      (held.phone === null ? 0 : FLAG.phone) |
      (held.address === null ? 0 : FLAG.address) |
      (held.notes === null ? 0 : FLAG.notes) |
      (isMine ? FLAG.mine : 0) |
      (nextMutation(held) === undefined ? 0 : FLAG.waiting) |
      (attentionCount(held) === 0 ? 0 : FLAG.attention)
    )
  }

  #newSlot(id: string): number {
    const slot = this.size
    this.size += 1
    this.ids.push(id)
    this.#slotOf.set(id, slot)
    if (slot === this.flags.length) this.#grow(slot * 2)
    return slot
  }

  #grow(capacity: number): void {
    const grown = <A extends Uint8Array | Uint32Array | Float64Array>(larger: A, old: A): A => {
      larger.set(old)
      return larger
    }
    this.flags = grown(new Uint8Array(capacity), this.flags)
    this.sources = grown(new Uint8Array(capacity), this.sources)
    this.ownerCodes = grown(new Uint32Array(capacity), this.ownerCodes)
    this.changedIn = grown(new Uint32Array(capacity), this.changedIn)
    this.created = grown(new Float64Array(capacity), this.created)
    this.changed = grown(new Float64Array(capacity), this.changed)
    this.lastSeen = grown(new Float64Array(capacity), this.lastSeen)
  }
}
