import { diff3MergeRegions, diffComm, type IRegion } from 'node-diff3'

/**
 * What became of a text that two people changed. `merged`: both changes are in it. `conflict`: both
 * changed the same place; `mine` and `theirs` differ only there, and hold all other changes of both.
 */
export type TextMerge =
  | { readonly kind: 'merged'; readonly text: string | null }
  | { readonly kind: 'conflict'; readonly mine: string | null; readonly theirs: string | null }

/** Beyond so many pairs of lines or words a comparison would take seconds: they count as one place. */
const MAX_PAIRS = 2_000_000

/**
 * Three-way merge of a text (diff3), by lines, and by words where both touched the same lines. Lines
 * that both added at the same place are both kept, theirs first. Null is the empty text.
 */
export function mergeText(base: string | null, mine: string | null, theirs: string | null): TextMerge {
  if (mine === theirs || base === theirs) return { kind: 'merged', text: mine }
  if (base === mine) return { kind: 'merged', text: theirs }
  const [a, o, b] = [linesOf(mine), linesOf(base), linesOf(theirs)]
  const whole: Sides<string[]> = { mine: [], theirs: [] }
  for (const region of regionsOf(a, o, b)) {
    const sides = region.stable
      ? same(region.bufferContent)
      : mergeLines(region.aContent, region.oContent, region.bContent)
    whole.mine.push(...sides.mine)
    whole.theirs.push(...sides.theirs)
  }
  const merged = { mine: textOf(whole.mine), theirs: textOf(whole.theirs) }
  return merged.mine === merged.theirs ? { kind: 'merged', text: merged.mine } : { kind: 'conflict', ...merged }
}

/** A stretch as it shows when mine wins what can't be merged, and when theirs does. */
interface Sides<T> {
  readonly mine: T
  readonly theirs: T
}

function same<T>(value: T): Sides<T> {
  return { mine: value, theirs: value }
}

/** The stretches that merge by themselves, and those that both changed. */
function regionsOf(mine: string[], base: string[], theirs: string[]): IRegion<string>[] {
  const isCommon = (at: number, fromEnd: boolean) => {
    const [m, o, t] = [mine, base, theirs].map((list) => list.at(fromEnd ? -1 - at : at))
    return m === o && o === t
  }
  const shortest = Math.min(mine.length, base.length, theirs.length)
  let start = 0
  while (start < shortest && isCommon(start, false)) start += 1
  let end = 0
  while (end < shortest - start && isCommon(end, true)) end += 1
  const [a, o, b] = [mine, base, theirs].map((list) => list.slice(start, list.length - end))
  if (a === undefined || o === undefined || b === undefined) return []
  const middle: IRegion<string>[] =
    o.length * Math.max(a.length, b.length) > MAX_PAIRS ? [unmerged(a, o, b)] : diff3MergeRegions(a, o, b)
  return [untouched(base.slice(0, start)), ...middle, untouched(base.slice(base.length - end))]
}

function untouched(content: string[]): IRegion<string> {
  return { stable: true, buffer: 'o', bufferStart: 0, bufferLength: content.length, bufferContent: content }
}

function unmerged(a: string[], o: string[], b: string[]): IRegion<string> {
  const lengths = { aLength: a.length, oLength: o.length, bLength: b.length }
  return { stable: false, aStart: 0, oStart: 0, bStart: 0, ...lengths, aContent: a, oContent: o, bContent: b }
}

/** Lines that both changed. */
function mergeLines(mine: string[], base: string[], theirs: string[]): Sides<string[]> {
  if (base.length === 0) return same(addedByBoth(mine, theirs))
  const words = mergeWords(wordsOf(mine), wordsOf(base), wordsOf(theirs))
  // No line is not the same as an empty one.
  const split = (text: string, side: readonly string[]) => (text === '' && side.length === 0 ? [] : text.split('\n'))
  return { mine: split(words.mine, mine), theirs: split(words.theirs, theirs) }
}

/** Both added something where nothing was: neither replaces the other. Lines in common are there once. */
function addedByBoth(mine: string[], theirs: string[]): string[] {
  return diffComm(theirs, mine).flatMap((part) => part.common ?? [...part.buffer1, ...part.buffer2])
}

function mergeWords(mine: string[], base: string[], theirs: string[]): Sides<string> {
  const whole = { mine: '', theirs: '' }
  for (const region of regionsOf(mine, base, theirs)) {
    whole.mine += (region.stable ? region.bufferContent : region.aContent).join('')
    whole.theirs += (region.stable ? region.bufferContent : region.bContent).join('')
  }
  return whole
}

function linesOf(text: string | null): string[] {
  return text === null || text === '' ? [] : text.split('\n')
}

function textOf(lines: readonly string[]): string | null {
  const text = lines.join('\n')
  return text === '' ? null : text
}

/** Line ends, and words with the blanks after them. */
function wordsOf(lines: readonly string[]): string[] {
  return lines.join('\n').match(/\n|[^\s]+[^\S\n]*|[^\S\n]+/g) ?? []
}
