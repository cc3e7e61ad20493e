import type { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import {
  byLikelihood,
  type DuplicateGroup,
  type DuplicatePair,
  groupDuplicates,
  type MarkedApart,
} from '#shared/matching/find-duplicates.ts'
import type { MatchModel } from '#shared/matching/match-model.ts'

/** What groups are made by. */
export interface Grouping {
  readonly index: DuplicateIndex
  readonly model: MatchModel
  readonly markedApart: MarkedApart
}

/** The likely pairs of a base and the groups that they make, kept up to date customer by customer. */
export class LikelyPairs {
  readonly #pairs = new Map<string, Map<string, DuplicatePair>>()
  readonly #groups = new Map<string, DuplicateGroup>()
  #ordered: readonly DuplicateGroup[] | null = []

  /** Most likely first. */
  get groups(): readonly DuplicateGroup[] {
    this.#ordered ??= [...new Set(this.#groups.values())].sort(byLikelihood)
    return this.#ordered
  }

  /** The group that a customer is in. */
  groupOf(id: string): DuplicateGroup | undefined {
    return this.#groups.get(id)
  }

  /** Every pair once. */
  *all(): Generator<DuplicatePair> {
    for (const [id, pairs] of this.#pairs) for (const pair of pairs.values()) if (pair.a === id) yield pair
  }

  add(pairs: Iterable<DuplicatePair>): void {
    for (const pair of pairs) {
      this.#of(pair.a).set(pair.b, pair)
      this.#of(pair.b).set(pair.a, pair)
    }
  }

  /** Puts these in place of the pairs of a customer. Returns everybody whose group may have changed. */
  replace(id: string, pairs: readonly DuplicatePair[]): string[] {
    const before = [...(this.#pairs.get(id)?.keys() ?? [])]
    for (const other of before) this.#forget(other, id)
    this.#pairs.delete(id)
    this.add(pairs)
    const now = this.#pairs.get(id)?.keys() ?? []
    return [id, ...before, ...now]
  }

  /** Makes the groups anew of these customers and of whoever chains of pairs link with them. */
  *regroup(changed: Iterable<string>, { index, model, markedApart }: Grouping): Generator<void, void> {
    const linked = this.#linkedWith(changed)
    yield
    const pairs: DuplicatePair[] = []
    for (const id of linked) {
      for (const pair of this.#pairs.get(id)?.values() ?? []) if (pair.a === id) pairs.push(pair)
    }
    yield
    const groups = yield* groupDuplicates(pairs, index, model, markedApart, { strongFirst: true })
    yield
    for (const id of linked) this.#groups.delete(id)
    for (const group of groups) for (const member of group.members) this.#groups.set(member, group)
    this.#ordered = null
  }

  /** Everybody whom chains of pairs, or a group as it is now, link with these. */
  #linkedWith(changed: Iterable<string>): ReadonlySet<string> {
    const linked = new Set<string>()
    const open = [...changed]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (linked.has(id)) continue
      linked.add(id)
      open.push(...(this.#pairs.get(id)?.keys() ?? []), ...(this.#groups.get(id)?.members ?? []))
    }
    return linked
  }

  #of(id: string): Map<string, DuplicatePair> {
    const known = this.#pairs.get(id)
    if (known !== undefined) return known
    const made = new Map<string, DuplicatePair>()
    this.#pairs.set(id, made)
    return made
  }

  #forget(id: string, other: string): void {
    const pairs = this.#pairs.get(id)
    pairs?.delete(other)
    if (pairs?.size === 0) this.#pairs.delete(id)
  }
}
