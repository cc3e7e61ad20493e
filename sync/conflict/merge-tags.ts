/**
 * Three-way merge of tags as a set: what either side added is there, what either side removed is
 * not. So two people who tag one customer never meet. Theirs first, in their order, then what I added.
 */
export function mergeTags(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const before = new Set(base)
  const kept = new Set(mine)
  const removedByMe = new Set(base.filter((tag) => !kept.has(tag)))
  const addedByMe = mine.filter((tag) => !before.has(tag))
  return [...new Set([...theirs.filter((tag) => !removedByMe.has(tag)), ...addedByMe])]
}

/** Whether two lists hold the same tags, in whatever order. */
export function sameTags(a: readonly string[], b: readonly string[]): boolean {
  const inA = new Set(a)
  const inB = new Set(b)
  return inA.size === inB.size && [...inA].every((tag) => inB.has(tag))
}
