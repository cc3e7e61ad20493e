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

/**
 * Clusters of customers who are one person, from likely pairs. Strongest pairs first; two clusters join
 * only when nobody of one contradicts anybody of the other, so that no chain of half-likely links makes
 * one person of a family. The answer does not depend on the order of pairs.
 *
 * @param contradicts whether two who are no likely pair can't be one
 */
export function clusterDuplicates(
  pairs: readonly Link[],
  contradicts: (a: string, b: string) => boolean,
): readonly Cluster[] {
  const likely = new Set(pairs.map(({ a, b }) => pairKey(a, b)))
  const clusters = new Map<string, { members: string[]; links: Link[] }>()
  for (const { a, b, probability } of pairs.toSorted(strongestFirst)) {
    const left = clusters.get(a) ?? { members: [a], links: [] }
    const right = clusters.get(b) ?? { members: [b], links: [] }
    if (left === right || left.members.length + right.members.length > MAX_MEMBERS) continue
    const across = left.members.flatMap((one) => right.members.map((other) => ({ a: one, b: other, probability })))
    if (across.some((link) => !likely.has(pairKey(link.a, link.b)) && contradicts(link.a, link.b))) continue
    const joined = { members: [...left.members, ...right.members], links: [...left.links, ...right.links, ...across] }
    for (const member of joined.members) clusters.set(member, joined)
  }
  return [...new Set(clusters.values())].map(({ members, links }) => ({ members: members.toSorted(), links }))
}

function strongestFirst(x: Link, y: Link): number {
  if (x.probability !== y.probability) return y.probability - x.probability
  return pairKey(x.a, x.b) < pairKey(y.a, y.b) ? -1 : 1
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`
}
