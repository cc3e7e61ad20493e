import { atOnce, type Steps } from '../util/in-steps.ts'
import { editDistance, MIN_PREFIX_TYPO_LENGTH, prefixEditDistance } from './edit-distance.ts'
import { soundKey } from './sound-key.ts'
import { MAX_KEY_LENGTH, TokenTrie, type TrieArrays } from './token-trie.ts'

export type TokenVisitor = (token: number, weight: number) => void

/** New words that are looked through one by one before the trie is built anew. */
const MAX_UNSORTED = 1_000

/** A dictionary as it is saved. */
export interface DictionaryParts {
  /** By number. */
  readonly words: readonly string[]
  /** By rank: the number. */
  readonly sorted: Uint32Array
  readonly trie: TrieArrays
}

const NO_WORDS: DictionaryParts = { words: [], sorted: new Uint32Array(0), trie: atOnce(TokenTrie.build([])).arrays() }

/**
 * All words (keys) that occur in the base, numbered. Looks up exact words, beginnings and typing
 * errors. New words wait in a short list until enough have come to build the trie anew.
 */
export class TokenDictionary {
  #words: string[]
  /** By rank in the trie: the number. */
  #sorted: Uint32Array
  #trie: TokenTrie
  /** Words from this number on are not in the trie yet; these are their numbers. */
  #settled: number
  readonly #fresh = new Map<string, number>()
  /** How each word sounds; worked out when first asked for, and for new words from then on. */
  #sounds: Uint32Array = new Uint32Array(0)
  #sounded = 0

  constructor({ words, sorted, trie }: DictionaryParts = NO_WORDS) {
    this.#words = [...words]
    this.#sorted = sorted
    this.#trie = TokenTrie.of(trie)
    this.#settled = words.length
  }

  /** What the constructor takes; everything must be settled. */
  parts(): DictionaryParts {
    return { words: this.#words, sorted: this.#sorted, trie: this.#trie.arrays() }
  }

  get size(): number {
    return this.#words.length
  }

  /** The number of a key, given to it now where it is new. */
  idOf(key: string): number {
    const cut = key.length > MAX_KEY_LENGTH ? key.slice(0, MAX_KEY_LENGTH) : key
    const known = this.find(cut)
    if (known >= 0) return known
    this.#words.push(cut)
    this.#fresh.set(cut, this.#words.length - 1)
    return this.#words.length - 1
  }

  /** A dictionary of those words only, numbered anew, in order. */
  *keeping(isKept: (token: number) => boolean): Steps<TokenDictionary> {
    const kept = new TokenDictionary()
    kept.#words = this.#words.filter((_, token) => isKept(token))
    yield* kept.settling({ always: true })
    return kept
  }

  /** Builds the trie over all words when many are new (about 60 ms for 90,000 words). */
  *settling({ always = false } = {}): Steps<void> {
    const words = this.#words.length
    const fresh = words - this.#settled
    if (fresh === 0 || (!always && fresh <= Math.max(MAX_UNSORTED, this.#settled >> 3))) return
    const numbers = new Uint32Array(words)
    const sorted: string[] = []
    for (const tokens of this.#byFirstLetter(words)) {
      const tokenOf = new Map(tokens.map((token) => [this.#words[token] ?? '', token]))
      // By code unit, without a function to compare: a third of the time.
      for (const word of [...tokenOf.keys()].sort()) numbers[sorted.push(word) - 1] = tokenOf.get(word) as number
      yield
    }
    const trie = yield* TokenTrie.build(sorted)
    // Somebody who could not wait has done it meanwhile.
    if (words <= this.#settled) return
    this.#sorted = numbers
    this.#trie = trie
    for (let token = this.#settled; token < words; token++) this.#fresh.delete(this.#words[token] ?? '')
    this.#settled = words
  }

  /** The tokens below a number, by the first code unit of their words, rising: sorted one after the other they are in order. */
  #byFirstLetter(words: number): number[][] {
    const byLetter = new Map<number, number[]>()
    for (let token = 0; token < words; token++) {
      const letter = this.#words[token]?.charCodeAt(0) ?? 0
      const tokens = byLetter.get(letter)
      if (tokens === undefined) byLetter.set(letter, [token])
      else tokens.push(token)
    }
    return [...byLetter].sort(([a], [b]) => a - b).map(([, tokens]) => tokens)
  }

  /** Visits the key itself and all words that begin with it, with a weight of 0 to 1 each. */
  prefixed(key: string, visit: TokenVisitor): void {
    const [from, to] = this.#trie.prefixRange(key)
    for (let rank = from; rank < to; rank++) {
      const token = this.#sorted[rank] ?? 0
      visit(token, prefixWeight(key.length, this.#trie.lengthAt(rank)))
    }
    for (let token = this.#settled; token < this.#words.length; token++) {
      const word = this.#words[token] ?? ''
      if (word.startsWith(key)) visit(token, prefixWeight(key.length, word.length))
    }
  }

  /** The number of a key that is a word; -1: it is none. */
  find(key: string): number {
    const rank = this.#trie.rankOf(key)
    return rank < 0 ? (this.#fresh.get(key) ?? -1) : (this.#sorted[rank] as number)
  }

  /** Visits other words that sound like the key. */
  sounding(key: string, visit: (token: number) => void): void {
    const sound = soundKey(key)
    if (sound === 0) return
    this.#hear()
    for (let token = 0; token < this.#sounded; token++) {
      if (this.#sounds[token] === sound && this.#words[token] !== key) visit(token)
    }
  }

  #hear(): void {
    if (this.#sounded === this.#words.length) return
    if (this.#words.length > this.#sounds.length) {
      const sounds = new Uint32Array(this.#words.length + (this.#words.length >> 2))
      sounds.set(this.#sounds)
      this.#sounds = sounds
    }
    for (; this.#sounded < this.#words.length; this.#sounded++) {
      this.#sounds[this.#sounded] = soundKey(this.#words[this.#sounded] ?? '')
    }
  }

  /** Visits words within `max` typing errors of the key, whole or as their beginning, with a weight each. */
  misspelt(key: string, max: number, visit: TokenVisitor): void {
    if (key.length > MAX_KEY_LENGTH - 2) return
    this.#trie.typos(key, max, (from, to, distance, firstDiffers, prefix) => {
      for (let rank = from; rank < to; rank++) {
        const token = this.#sorted[rank] ?? 0
        visit(token, typoWeight(key.length, this.#trie.lengthAt(rank), distance, firstDiffers, prefix > 0))
      }
    })
    for (let token = this.#settled; token < this.#words.length; token++) {
      const word = this.#words[token] ?? ''
      const fit = typoFit(key, word, max)
      if (fit !== null)
        visit(token, typoWeight(key.length, word.length, fit.distance, key[0] !== word[0], fit.prefix > 0))
    }
  }
}

/**
 * The typing errors between a typed key and one word: whole, else as its beginning (`prefix` is then
 * the length of that beginning); null where it doesn't fit or is no error at all.
 */
export function typoFit(key: string, word: string, max: number): { distance: number; prefix: number } | null {
  const whole = editDistance(key, word, max)
  if (whole <= max) return whole === 0 ? null : { distance: whole, prefix: 0 }
  if (key.length < MIN_PREFIX_TYPO_LENGTH || word.length < key.length - 1) return null
  const begin = prefixEditDistance(key, word, 1)
  return begin === null || begin.distance === 0 ? null : { distance: begin.distance, prefix: begin.length }
}

function prefixWeight(typed: number, word: number): number {
  return typed === word ? 1 : 0.8 + (0.15 * typed) / word
}

/** People rarely mistype a first letter; each error weighs less in a long word. */
function typoWeight(typed: number, word: number, distance: number, firstDiffers: boolean, isPrefix: boolean): number {
  const base = isPrefix ? 0.8 + (0.1 * typed) / word : 1
  return base - (1.3 * distance) / (typed + 1) - (firstDiffers ? 0.08 : 0) - 0.06
}
