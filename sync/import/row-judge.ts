import type { Customer, CustomerField, CustomerFields } from '#shared/domain/customer.ts'
import type { Pattern } from '#shared/matching/comparison-fields.ts'
import { type ComparisonRecord, toComparisonRecord } from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import { ASK, SUGGEST } from '#shared/matching/find-duplicates.ts'
import { DEFAULT_MODEL, type MatchModel } from '#shared/matching/match-model.ts'
import { PairScorer } from '#shared/matching/pair-scorer.ts'
import type { ImportKind } from '#shared/replica-api/import.ts'
import { differences, isSame, plainValue } from './row-changes.ts'
import { differsInContact, isSurelySame, mayBeOneRow } from './row-contacts.ts'

/** Whom a row matches: a customer by id, or an earlier row by its place. */
export interface RowMatch {
  readonly target: string | number
  readonly probability: number
  readonly pattern: Pattern
}

interface SureMatch extends RowMatch {
  /** Nobody needs to be asked. */
  readonly isSure: boolean
}

/** What a row of customers is found to be. */
export interface Judgement {
  readonly kind: Exclude<ImportKind, 'invalid'>
  readonly match: RowMatch | null
}

/** What the judge asks of the world. */
export interface JudgeView {
  /** Customers as they show. */
  readonly customer: (id: string) => Customer | undefined
  /** Fields of an earlier row that was judged `new`. */
  readonly row: (place: number) => CustomerFields
  readonly mayEdit: (customer: Customer) => boolean
}

const ROW = 'row:'

/**
 * Compares rows with the customers and with the rows before them, by the matcher that finds
 * duplicates. Rows that make somebody new are remembered.
 */
export class RowJudge {
  readonly #index = new DuplicateIndex()
  /** Who or which row has just these values, by their hash: what everybody is called is no key to compare by. */
  readonly #identities = new Map<number, string | number>()
  readonly #model: MatchModel
  readonly #view: JudgeView
  #scorer: PairScorer
  #scoredAt = 0

  constructor(view: JudgeView, model: MatchModel = DEFAULT_MODEL) {
    this.#view = view
    this.#model = model
    this.#scorer = new PairScorer(model, this.#index.counts)
  }

  /** A customer who is there already. */
  add(customer: Customer): void {
    this.#index.upsert(toComparisonRecord(customer))
    this.#identities.set(identityOf(customer), customer.id)
  }

  /** Nobody is compared with a row any more. */
  forget(place: number): void {
    this.#index.remove(ROW + place)
  }

  /** What a row is; one that was judged before is judged anew. */
  judge(place: number, fields: CustomerFields): Judgement {
    this.forget(place)
    const record = toComparisonRecord({ ...fields, id: ROW + place })
    const found = this.#identical(place, fields) ?? this.#best(place, record, fields)
    const judgement = this.#kindOf(found, fields)
    if (judgement.kind === 'new' || judgement.kind === 'duplicateOfExisting') {
      this.#index.upsert(record)
      this.#identities.set(identityOf(fields), place)
    }
    return judgement
  }

  #kindOf(found: SureMatch | null, fields: CustomerFields): Judgement {
    if (found === null) return { kind: 'new', match: null }
    const { isSure, ...match } = found
    const { target } = match
    if (typeof target === 'number') return { kind: 'duplicateInFile', match }
    const customer = this.#view.customer(target)
    if (!isSure || customer === undefined) return { kind: 'duplicateOfExisting', match }
    if (differences(fields, customer).length === 0) return { kind: 'unchanged', match }
    return { kind: this.#view.mayEdit(customer) ? 'update' : 'notAllowed', match }
  }

  /** A sure customer, else a row of the file, else whoever is likely. */
  #best(place: number, record: ComparisonRecord, fields: CustomerFields): SureMatch | null {
    const scorer = this.#scorerOf()
    let best: (SureMatch & { readonly rank: number }) | null = null
    for (const other of this.#index.closeCandidatesOf(record)) {
      const target = other.id.startsWith(ROW) ? Number(other.id.slice(ROW.length)) : other.id
      const isRow = typeof target === 'number'
      // A row that stands further down is found to be the double of this one, not the other way round.
      if (isRow && (target > place || !mayBeOneRow(record, other))) continue
      const { pattern, probability } = scorer.score(record, other)
      const isSure = isSurelySame(pattern, fields)
      if (!isSure && (isRow ? probability < SUGGEST || differsInContact(pattern) : probability < ASK)) continue
      const rank = (isSure ? (isRow ? 4 : 6) : isRow ? 2 : 0) + probability
      if (best !== null && (best.rank > rank || (best.rank === rank && best.target < target))) continue
      best = { target, probability: isSure ? Math.max(probability, SUGGEST) : probability, pattern, isSure, rank }
    }
    return best
  }

  /** All of it the same, what is missing included: such as a row that was imported before. */
  #identical(place: number, fields: CustomerFields): SureMatch | null {
    const target = this.#identities.get(identityOf(fields))
    if (target === undefined) return null
    if (typeof target === 'number' && (target >= place || this.#index.get(ROW + target) === undefined)) return null
    const other = typeof target === 'number' ? this.#view.row(target) : this.#view.customer(target)
    if (other === undefined || !IDENTITY.every((field) => isSame(field, other[field] ?? '', fields[field] ?? '')))
      return null
    const [one, two] = [toComparisonRecord({ ...fields, id: '' }), toComparisonRecord({ ...other, id: ROW })]
    return { target, probability: 1, pattern: this.#scorerOf().score(one, two).pattern, isSure: true }
  }

  /** How rare values are changes while the index grows. */
  #scorerOf(): PairScorer {
    if (this.#index.size > 2 * this.#scoredAt) {
      this.#scoredAt = this.#index.size
      this.#scorer = new PairScorer(this.#model, this.#index.counts)
    }
    return this.#scorer
  }
}

const IDENTITY = ['name', 'email', 'phone', 'address'] as const satisfies readonly CustomerField[]

/** A hash of 53 bits (FNV-1a, twice) of what a person is known by: texts would take ten times the memory. */
function identityOf(fields: Pick<CustomerFields, (typeof IDENTITY)[number]>): number {
  const text = IDENTITY.map((field) => plainValue(field, fields[field] ?? '')).join('\n')
  let high = 0x811c9dc5
  let low = 0x1234567
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x01000197)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}
