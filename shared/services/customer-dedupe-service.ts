import type { RequestInput, RequestOutput } from '../replica-api/contract.ts'
import type { DuplicateGroup } from '../replica-api/duplicates.ts'
import type { RecordChange } from '../replica-api/records.ts'
import type { Result } from '../util/result.ts'
import { type AskReplica, changeRecord } from './ask-replica.ts'

/** Who is merged into whom, and whose value each field gets. */
export type MergeWish = Omit<Extract<RecordChange, { kind: 'merge.make' }>, 'kind'>

/** Duplicates: found here, decided by people, merged by the server. Failures of writes are values. */
export class CustomerDedupeService {
  readonly #ask: AskReplica

  constructor(ask: AskReplica) {
    this.#ask = ask
  }

  /** Groups of customers who are taken for one person, most likely first. */
  findDuplicates(page: RequestInput<'duplicates.groups'>): Promise<RequestOutput<'duplicates.groups'>> {
    return this.#ask('duplicates.groups', page)
  }

  /** The group that a customer is in; null: none. */
  duplicatesOf(id: string): Promise<DuplicateGroup | null> {
    return this.#ask('duplicates.ofCustomer', { id })
  }

  /** Compares everybody with everybody anew, in the background. */
  async scan(): Promise<void> {
    await this.#ask('duplicates.scan', null)
  }

  /** Ends the scan under way; what was known before stays. */
  async stopScan(): Promise<void> {
    await this.#ask('duplicates.stop', null)
  }

  /** Who may be the same as somebody who is being typed, at most 5. `exceptId`: the customer that is edited. */
  checkCustomer(
    fields: RequestInput<'duplicates.check'>['fields'],
    exceptId?: string,
  ): Promise<RequestOutput<'duplicates.check'>> {
    return this.#ask('duplicates.check', exceptId === undefined ? { fields } : { fields, exceptId })
  }

  /** What a merge would make and move; nothing is written. */
  previewMerge(wish: MergeWish): Promise<RequestOutput<'merge.preview'>> {
    return this.#ask('merge.preview', wish)
  }

  /** Merges; answers with the id of the merge. Shows here at once, the server decides. */
  mergeCustomers(wish: MergeWish): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'merge.make', ...wish })
  }

  /** Takes a merge back, however long ago it was. */
  undoMerge(mergeId: string): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'merge.undo', mergeId })
  }

  /** No two of these are one person: they are in no group together any more. */
  markDistinct(ids: readonly string[]): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'duplicate.dismiss', ids: [...ids] })
  }

  /** Takes `markDistinct` back. */
  unmarkDistinct(ids: readonly string[]): Promise<Result<{ id: string }>> {
    return changeRecord(this.#ask, { kind: 'duplicate.restore', ids: [...ids] })
  }
}
