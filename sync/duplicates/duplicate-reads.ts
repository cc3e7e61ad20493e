import type { MatchableCustomer } from '#shared/matching/comparison-record.ts'
import { SUGGEST } from '#shared/matching/find-duplicates.ts'
import { matchReasons } from '#shared/matching/match-reasons.ts'
import type { RequestInput, RequestOutput } from '#shared/replica-api/contract.ts'
import type { DuplicateGroup, DuplicateStatus, MergePreview } from '#shared/replica-api/duplicates.ts'
import type { Result } from '#shared/util/result.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { DuplicateFinder } from './duplicate-finder.ts'
import { type AskedMerge, asCustomer, previewMerge } from './preview-merge.ts'
import { membersLeft, showGroup } from './show-group.ts'

/** Who is typed has no id yet. */
const TYPED = 'typed'
/** Most matches that are worth a warning. */
const MOST_MATCHES = 5

/** What the UI may ask about duplicates, as the customers show now. */
export class DuplicateReads {
  readonly #store: ReplicaStore
  readonly #finder: DuplicateFinder

  constructor(store: ReplicaStore, finder: DuplicateFinder) {
    this.#store = store
    this.#finder = finder
  }

  status(): DuplicateStatus {
    return this.#finder.status()
  }

  /** A window of the groups, most likely first. Those that are none any more have no place: the next one begins where this ends. */
  groups({ offset, limit, likely }: RequestInput<'duplicates.groups'>): RequestOutput<'duplicates.groups'> {
    const isAsked = ({ probability }: { readonly probability: number }) =>
      likely === 'all' || probability >= SUGGEST === (likely === 'suggested')
    const found = this.#finder.groups.filter((group) => isAsked(group) && membersLeft(group, this.#get).length > 1)
    const groups = found.slice(offset, offset + limit).flatMap((group) => showGroup(group, this.#get) ?? [])
    return { groups, total: found.length }
  }

  /** The group that a customer is in; null: none. */
  ofCustomer(id: string): DuplicateGroup | null {
    const group = this.#finder.groupOf(id)
    return group === undefined ? null : showGroup(group, this.#get)
  }

  /** Who may be the same as somebody who is being typed, or edited (`exceptId`). */
  check(
    { name, email, phone, address, notes }: RequestInput<'duplicates.check'>['fields'],
    exceptId: string = TYPED,
  ): RequestOutput<'duplicates.check'> {
    const typed: MatchableCustomer = {
      id: exceptId,
      name: name ?? '',
      email: email ?? null,
      phone: phone ?? null,
      address: address ?? null,
      notes: notes ?? null,
    }
    return this.#finder
      .check(typed)
      .slice(0, MOST_MATCHES)
      .flatMap(({ a, b, probability, pattern }) => {
        const customer = this.#get(a === exceptId ? b : a)
        const isThere = customer !== undefined && customer.deletedAt === null
        return isThere ? [{ customer: asCustomer(customer), probability, reasons: [...matchReasons(pattern)] }] : []
      })
  }

  /** Compares everybody anew. */
  scan(): void {
    this.#finder.scan()
  }

  stopScan(): void {
    this.#finder.stopScan()
  }

  /** What a merge would make of its customers. */
  preview(merge: AskedMerge): Result<MergePreview> {
    return previewMerge(merge, this.#store)
  }

  readonly #get = (id: string) => this.#store.shown.get(id)
}
