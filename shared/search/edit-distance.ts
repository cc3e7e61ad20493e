/** Most typing errors that are forgiven in a word of so many letters. */
export function allowedEdits(length: number): 0 | 1 | 2 {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

/** Shortest typed word whose unfinished form may hold a typing error: below it everything would match. */
export const MIN_PREFIX_TYPO_LENGTH = 5

/**
 * Typing errors between two words (letter wrong, missing, too many, two swapped: optimal string
 * alignment). Anything above `max` is returned as `max + 1`.
 */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1
  return Math.min(lastRow(a, b).at(-1) ?? 0, max + 1)
}

/**
 * Fewest typing errors between a typed word and any beginning of `word` that ends in the typed
 * word's last letter, with the length of that beginning; null above `max`. Without the condition on
 * the last letter a shorter beginning would be taken for a typing error of a longer one.
 */
export function prefixEditDistance(
  typed: string,
  word: string,
  max: number,
): { readonly distance: number; readonly length: number } | null {
  const row = lastRow(typed, word.slice(0, typed.length + max))
  const last = typed.at(-1)
  let best: { distance: number; length: number } | null = null
  for (let length = 1; length < row.length; length++) {
    const distance = row[length] ?? max + 1
    if (distance > max || word[length - 1] !== last) continue
    if (best === null || distance < best.distance) best = { distance, length }
  }
  return best
}

/** The last row of the alignment table: distance of all of `a` to each beginning of `b`. */
function lastRow(a: string, b: string): number[] {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((previous[j - 1] ?? 0) + (same ? 0 : 1), (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1)
      }
      row.push(cost)
    }
    beforePrevious = previous
    previous = row
  }
  return previous
}
