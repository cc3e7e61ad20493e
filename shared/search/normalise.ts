import anyAscii from 'any-ascii'

/**
 * One key for the many spellings of a word: lower case, Latin letters and digits only, no accents,
 * and the digraphs ae/oe/ue folded into a/o/u, so that Müller, Mueller and Muller are one key.
 * Keys are for comparing only; they are never shown.
 */
export function searchKey(word: string): string {
  return isAscii(word) ? foldDigraphs(asciiKey(word)) : searchKeyWithOffsets(word).key
}

/** Words whose keys are remembered: those of some screens full of customers. */
const MAX_CACHED = 20_000
const cachedKeys = new Map<string, string>()

/** `searchKey`, remembered: the rows on screen are compared again at every key stroke. */
export function cachedSearchKey(word: string): string {
  let key = cachedKeys.get(word)
  if (key === undefined) {
    key = searchKey(word)
    if (cachedKeys.size >= MAX_CACHED) cachedKeys.clear()
    cachedKeys.set(word, key)
  }
  return key
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

function foldDigraphs(key: string): string {
  // Most words have none: looking first is cheaper than replacing.
  return key.indexOf('e', 1) < 0 ? key : key.replace(/([aou])e/g, '$1')
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
