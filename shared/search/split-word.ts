/** Fewest letters of each half of a word that may be two. */
const MIN_HALF = 3

/** The ways in which a word may be two words, written as one. */
export function splitsOf(key: string): [string, string][] {
  const splits: [string, string][] = []
  for (let at = MIN_HALF; at <= key.length - MIN_HALF; at++) splits.push([key.slice(0, at), key.slice(at)])
  return splits
}
