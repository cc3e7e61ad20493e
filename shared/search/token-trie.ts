import type { Steps } from '../util/in-steps.ts'
import { MIN_PREFIX_TYPO_LENGTH } from './edit-distance.ts'

/** Longest key that is kept; longer words are cut. */
export const MAX_KEY_LENGTH = 48
/** Words that one step of building takes: one or two milliseconds. */
const STEP_WORDS = 10_000

/**
 * Words found by the typo walk: the half-open range of ranks (positions in the sorted word list),
 * the typing errors, whether the first letter differs, and for unfinished words the length of the
 * beginning that fits (0 for whole words).
 */
export type TypoVisitor = (from: number, to: number, distance: number, firstDiffers: boolean, prefix: number) => void

/** A trie as flat arrays: by node its letter, the rank of its first word and where its subtree ends; by rank the length. */
export interface TrieArrays {
  readonly letter: Uint16Array
  readonly rank: Uint32Array
  readonly skip: Uint32Array
  readonly lengths: Uint8Array
}

/**
 * A trie over sorted words, laid out in preorder in flat arrays: a node's subtree is the slots up to
 * its `skip`, and the words below it are a range of ranks. One structure answers exact words,
 * beginnings and typing errors (banded edit distance along the walk): the fastest of the methods
 * compared in the experiments (SymSpell, trigram filter, uFuzzy) at a fraction of the memory.
 */
export class TokenTrie {
  readonly #letter: Uint16Array
  readonly #rank: Uint32Array
  readonly #skip: Uint32Array
  readonly #lengths: Uint8Array
  readonly #rows = new Uint8Array((MAX_KEY_LENGTH + 6) * (MAX_KEY_LENGTH + 4))
  readonly #path = new Uint16Array(MAX_KEY_LENGTH + 4)
  readonly #ends = new Uint32Array(MAX_KEY_LENGTH + 4)

  private constructor({ letter, rank, skip, lengths }: TrieArrays) {
    this.#letter = letter
    this.#rank = rank
    this.#skip = skip
    this.#lengths = lengths
  }

  /** Takes what `arrays` gave. */
  static of(arrays: TrieArrays): TokenTrie {
    return new TokenTrie(arrays)
  }

  /** `words`: sorted by code unit, without doubles, none longer than MAX_KEY_LENGTH. */
  static *build(words: readonly string[]): Steps<TokenTrie> {
    const capacity = words.reduce((sum, word) => sum + word.length, 1)
    const letter = new Uint16Array(capacity)
    const rank = new Uint32Array(capacity + 1)
    const skip = new Uint32Array(capacity + 1)
    const path: number[] = [0]
    let nodes = 1
    let before = ''
    for (let r = 0; r < words.length; r++) {
      if (r % STEP_WORDS === STEP_WORDS - 1) yield
      const word = words[r] ?? ''
      let shared = 0
      while (shared < word.length && word.charCodeAt(shared) === before.charCodeAt(shared)) shared++
      while (path.length > shared + 1) skip[path.pop() ?? 0] = nodes
      for (let i = shared; i < word.length; i++) {
        letter[nodes] = word.charCodeAt(i)
        rank[nodes] = r
        path.push(nodes++)
      }
      before = word
    }
    for (const node of path) skip[node] = nodes
    rank[nodes] = words.length
    const lengths = Uint8Array.from(words, (word) => word.length)
    return new TokenTrie({
      letter: letter.slice(0, nodes),
      rank: rank.slice(0, nodes + 1),
      skip: skip.slice(0, nodes),
      lengths,
    })
  }

  arrays(): TrieArrays {
    return { letter: this.#letter, rank: this.#rank, skip: this.#skip, lengths: this.#lengths }
  }

  /** The rank of a word; -1: it is none. */
  rankOf(word: string): number {
    const [from, to] = this.prefixRange(word)
    return from < to && word !== '' && this.lengthAt(from) === word.length ? from : -1
  }

  /** The half-open range of ranks of the words that begin with `prefix`. */
  prefixRange(prefix: string): readonly [number, number] {
    let node = 0
    for (let i = 0; i < prefix.length; i++) {
      const code = prefix.charCodeAt(i)
      const end = at(this.#skip, node)
      let child = node + 1
      while (child < end && at(this.#letter, child) < code) child = at(this.#skip, child)
      if (child >= end || at(this.#letter, child) !== code) return [0, 0]
      node = child
    }
    return [at(this.#rank, node), at(this.#rank, at(this.#skip, node))]
  }

  /** Letters of the word at a rank. */
  lengthAt(rank: number): number {
    return at(this.#lengths, rank)
  }

  /** Visits words within 1 to `max` typing errors of `typed`, and words that begin like it with one error. */
  typos(typed: string, max: number, visit: TypoVisitor): void {
    const m = typed.length
    const width = m + 1
    const rows = this.#rows
    const nodes = this.#letter.length
    const letters = this.#letter
    const first = typed.charCodeAt(0)
    const last = typed.charCodeAt(m - 1)
    for (let j = 0; j <= m; j++) rows[j] = j
    this.#ends[0] = nodes
    let depth = 0
    let node = 1
    while (node < nodes) {
      while (node >= at(this.#ends, depth)) depth--
      const code = at(letters, node)
      const d = depth + 1
      this.#path[d] = code
      const smallest = this.#fillRow(typed, d, max)
      const skip = at(this.#skip, node)
      if (smallest > max) {
        node = skip
        continue
      }
      const distance = d >= m - max ? at(rows, d * width + m) : max + 1
      if (distance > 0 && distance <= max) {
        const firstDiffers = at(this.#path, 1) !== first
        const from = at(this.#rank, node)
        const whole = at(this.#lengths, from) === d
        if (whole) visit(from, from + 1, distance, firstDiffers, 0)
        if (distance === 1 && m >= MIN_PREFIX_TYPO_LENGTH && code === last) {
          visit(whole ? from + 1 : from, at(this.#rank, skip), 1, firstDiffers, d)
        }
      }
      if (d < m + max && d < MAX_KEY_LENGTH) {
        depth = d
        this.#ends[d] = skip
        node++
      } else node = skip
    }
  }

  /** Row `d` of the alignment table (only the band of width `max` around the diagonal); its smallest value. */
  #fillRow(typed: string, d: number, max: number): number {
    const rows = this.#rows
    const path = this.#path
    const m = typed.length
    const row = d * (m + 1)
    const above = row - (m + 1)
    const from = Math.max(1, d - max)
    const to = Math.min(m, d + max)
    const code = at(path, d)
    const before = at(path, d - 1)
    const beyond = max + 1
    let smallest = beyond
    rows[row + from - 1] = from === 1 ? Math.min(d, beyond) : beyond
    if (from === 1) smallest = Math.min(d, beyond)
    for (let j = from; j <= to; j++) {
      const letter = typed.charCodeAt(j - 1)
      let cost = at(rows, above + j - 1) + (letter === code ? 0 : 1)
      cost = Math.min(cost, at(rows, row + j - 1) + 1)
      // The last cell of the band has nothing above it.
      if (j < d + max) cost = Math.min(cost, at(rows, above + j) + 1)
      if (d > 1 && j > 1 && letter === before && typed.charCodeAt(j - 2) === code) {
        cost = Math.min(cost, at(rows, above - (m + 1) + j - 2) + 1)
      }
      rows[row + j] = cost
      if (cost < smallest) smallest = cost
    }
    if (to < m) rows[row + to + 1] = beyond
    return smallest
  }
}

/** Reads a slot that exists by construction. */
function at(array: { readonly [index: number]: number }, index: number): number {
  return array[index] as number
}
