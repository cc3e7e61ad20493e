import { foldDigraphs, type KeyWithOffsets, searchKey, searchKeyWithOffsets } from './normalise.ts'
import { isAscii } from './tokenise.ts'

/**
 * Reduces an e-mail address (or a piece of one) to comparable characters: folded like words,
 * without dots, dashes and underscores, but with its `@`: `anna.schmidt@web.de` and
 * `AnnaSchmidt@web.de` agree, and what is typed in one piece is found in the other.
 */
export function emailKey(email: string): string {
  // Nearly all are ASCII, and a digraph never reaches over an @.
  if (isAscii(email)) return foldDigraphs(email.toLowerCase().replace(/[^a-z0-9@]/g, ''))
  return email.split('@').map(searchKey).join('@')
}

/** The same key, with the way back to the UTF-16 offsets of the source. */
export function emailKeyWithOffsets(email: string): KeyWithOffsets {
  let key = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const [i, part] of email.split('@').entries()) {
    if (i > 0) {
      key += '@'
      starts.push(at - 1)
      ends.push(at)
    }
    const folded = searchKeyWithOffsets(part)
    key += folded.key
    for (const start of folded.starts) starts.push(at + start)
    for (const end of folded.ends) ends.push(at + end)
    at += part.length + 1
  }
  return { key, starts, ends }
}

/** How well a typed piece fits a stored key, 0 (not in it) to 1: whole address, beginning, inside. */
export function emailFit(typed: string, stored: string): number {
  const at = stored.indexOf(typed)
  if (at < 0) return 0
  const share = typed.length / stored.length
  return (at === 0 ? 0.78 : 0.66) + 0.2 * share
}
