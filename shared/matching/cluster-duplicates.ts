/** Two customers who may be one, by id, and how likely that is. */
export interface Link {
  readonly a: string
  readonly b: string
  readonly probability: number
}

export interface Cluster {
  /** Sorted. */
  readonly members: readonly string[]
  /** Each two members, with the likelihood of the weakest link in the chain that joined them. */
  readonly links: readonly Link[]
}

/** Most members of a cluster: beyond that something else than a duplicate is at work. */
const MAX_MEMBERS = 30

/** Log odds beyond which a pair has no more say: one certainty must not outvote everybody. */
const MAX_SAY = 5
/** How much more what speaks against a cluster counts: a wrong merge costs more than a missed one. */
const WEIGHT_AGAINST = 1.5

/**
 * Clusters of customers who are one person, from likely pairs. Strongest pairs first; two clusters join
 * only when, over all pairs between them, more speaks for it than against it, so that no chain of
 * half-likely links makes one person of a family. The answer does not depend on the order of pairs.
 *
 * @param against how much (log odds) speaks against two who are no likely pair being one: 0 nothing,
 *   `Infinity` when they must never stand together
 */
export function clusterDuplicates(
  pairs: readonly Link[],
  against: (a: string, b: string) => number,
): readonly Cluster[] {
  const likely = new Map(pairs.map(({ a, b, probability }) => [pairKey(a, b), logOdds(probability)]))
  const clusters = new Map<string, { members: string[]; links: Link[] }>()
  for (const { a, b, probability } of pairs.toSorted(strongestFirst)) {
    const left = clusters.get(a) ?? { members: [a], links: [] }
    const right = clusters.get(b) ?? { members: [b], links: [] }
    if (left === right || left.members.length + right.members.length > MAX_MEMBERS) continue
    const across = left.members.flatMap((one) => right.members.map((other) => ({ a: one, b: other, probability })))
    let say = 0
    for (const link of across) {
      const support = likely.get(pairKey(link.a, link.b)) ?? -against(link.a, link.b) * WEIGHT_AGAINST
      say += support === -Infinity ? support : Math.max(-MAX_SAY, Math.min(MAX_SAY, support))
    }
    if (say <= 0 && across.length > 1) continue
    const joined = { members: [...left.members, ...right.members], links: [...left.links, ...right.links, ...across] }
    for (const member of joined.members) clusters.set(member, joined)
  }
  return [...new Set(clusters.values())].map(({ members, links }) => ({ members: members.toSorted(), links }))
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability))
}

function strongestFirst(x: Link, y: Link): number {
  if (x.probability !== y.probability) return y.probability - x.probability
  return pairKey(x.a, x.b) < pairKey(y.a, y.b) ? -1 : 1
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`
}
