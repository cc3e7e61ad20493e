import { allowedEdits } from './edit-distance.ts'
import { cachedSearchKeys } from './normalise.ts'
import type { Term } from './parse-query.ts'
import { typoFit } from './token-dictionary.ts'
import { wordsOf } from './tokenise.ts'
import { aliasesOf } from './word-aliases.ts'

/**
 * Share of the words of a name that were typed, 0 to 1, with a little more when they were typed in
 * the name's own order: "anna berg" puts Anna Berg before Anna Lena Berger and before Berg Anna.
 */
export function nameCoverage(terms: readonly Term[], name: string): number {
  const typed = terms.flatMap((term) => (term.kind === 'word' ? [term.keys] : []))
  const keys = wordsOf(name).map((word) => cachedSearchKeys(word.text))
  if (typed.length === 0 || keys.length === 0) return 0
  const positions = typed.map((spellings) => placeOf(spellings, keys)).filter((at) => at >= 0)
  const inOrder = positions.length > 1 && positions.every((at, i) => i === 0 || at > (positions[i - 1] ?? -1))
  return (0.9 * new Set(positions).size) / keys.length + (inOrder ? 0.1 : 0)
}

/** The word of the name that begins as typed, else another form of it, else one it may be a misspelling of, else -1. */
function placeOf(typed: readonly string[], keys: readonly (readonly string[])[]): number {
  const some = (fits: (typed: string, stored: string) => boolean) =>
    keys.findIndex((stored) => typed.some((one) => stored.some((other) => fits(one, other))))
  const direct = some((one, other) => other.startsWith(one))
  const at = direct >= 0 ? direct : some((one, other) => aliasesOf(one).has(other))
  const edits = allowedEdits(typed[0]?.length ?? 0)
  return at >= 0 || edits === 0 ? at : some((one, other) => typoFit(one, other, edits) !== null)
}
