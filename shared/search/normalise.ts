import anyAscii from 'any-ascii'
import { isAscii } from './tokenise.ts'
import { latinSpellings } from './transliterate.ts'

/**
 * One key for the many spellings of a word: lower case, Latin letters and digits only, no accents,
 * and the digraphs ae/oe/ue folded into a/o/u, so that Müller, Mueller and Muller are one key.
 * Keys are for comparing only; they are never shown.
 */
export function searchKey(word: string): string {
  return isAscii(word) ? foldDigraphs(asciiKey(word)) : searchKeyWithOffsets(word).key
}

/**
 * All keys of a word, the usual one first: names in other scripts have several Latin spellings. Empty
 * for a word without letters and digits.
 */
export function searchKeys(word: string): readonly string[] {
  const key = searchKey(word)
  if (key === '') return []
  if (isAscii(word)) return [key]
  return [...new Set([key, ...latinSpellings(word).map(searchKey)])].filter((each) => each !== '')
}

/**
 * Keys of a word that somebody types: also the one with its digraphs as they are, because a typing
 * error may make one ("ackereuer" for Ackerreuter).
 */
export function typedKeys(word: string): readonly string[] {
  const keys = searchKeys(word)
  const whole = isAscii(word) ? asciiKey(word) : (keys[0] ?? '')
  return keys.length === 0 || keys.includes(whole) ? keys : [...keys, whole]
}

/** Words whose keys are remembered: those of some screens full of customers. */
const MAX_CACHED = 50_000
const cachedKeys = new Map<string, readonly string[]>()

/** `searchKeys`, remembered: the rows on screen are compared again at every key stroke. */
export function cachedSearchKeys(word: string): readonly string[] {
  let keys = cachedKeys.get(word)
  if (keys === undefined) {
    keys = searchKeys(word)
    if (cachedKeys.size >= MAX_CACHED) cachedKeys.clear()
    cachedKeys.set(word, keys)
  }
  return keys
}

/** A key, and for each of its characters the half-open range of the source text it stands for. */
export interface KeyWithOffsets {
  readonly key: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** The same key as `searchKey` makes, with the way back to the UTF-16 offsets of the source. */
export function searchKeyWithOffsets(text: string): KeyWithOffsets {
  let key = ''
  const starts: number[] = []
  const ends: number[] = []
  // True right after a digraph was folded: a further `e` is a letter of its own.
  let folded = false
  for (const cluster of text.matchAll(CLUSTER)) {
    const start = cluster.index
    const end = start + cluster[0].length
    for (const letter of foldCluster(cluster[0])) {
      if (letter === 'e' && !folded && /[aou]$/.test(key)) {
        ends[ends.length - 1] = end
        folded = true
        continue
      }
      key += letter
      starts.push(start)
      ends.push(end)
      folded = false
    }
  }
  return { key, starts, ends }
}

/** A base character with the combining marks that follow it: decomposed text folds like composed text. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu
const foldedClusters = new Map<string, string>()

function foldCluster(cluster: string): string {
  if (cluster.length === 1 && cluster.charCodeAt(0) < 128) return asciiKey(cluster)
  let folded = foldedClusters.get(cluster)
  if (folded === undefined) {
    folded = asciiKey(anyAscii(cluster.normalize('NFC')))
    foldedClusters.set(cluster, folded)
  }
  return folded
}

function asciiKey(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Folds ae, oe and ue into a, o and u. */
export function foldDigraphs(key: string): string {
  // Most words have none: looking first is cheaper than replacing.
  return key.indexOf('e', 1) < 0 ? key : key.replace(/([aou])e/g, '$1')
}
