import { editDistance, MIN_PREFIX_TYPO_LENGTH, prefixEditDistance } from './edit-distance.ts'
import { soundKey } from './sound-key.ts'
import { MAX_KEY_LENGTH, TokenTrie } from './token-trie.ts'

export type TokenVisitor = (token: number, weight: number) => void

/** New words that are looked through one by one before the trie is built anew. */
const MAX_UNSORTED = 1_000

/**
 * All words (keys) that occur in the base, numbered. Looks up exact words, beginnings and typing
 * errors. New words wait in a short list until enough have come to build the trie anew.
 */
export class TokenDictionary {
  readonly #words: string[]
  readonly #ids: Map<string, number>
  /** How each word sounds; worked out when first asked for, and for new words from then on. */
  #sounds: Uint32Array = new Uint32Array(0)
  #sounded = 0
  #sorted: Uint32Array = new Uint32Array(0)
  #trie = new TokenTrie([])
  /** Words from this number on are not in the trie yet. */
  #settled = 0

  /** Words by their numbers, as `words` gave them. */
  constructor(words: readonly string[] = []) {
    this.#words = [...words]
    this.#ids = new Map(words.map((word, id) => [word, id]))
    this.settle({ always: true })
  }

  /** All words by their numbers. */
  get words(): readonly string[] {
    return this.#words
  }

  get size(): number {
    return this.#words.length
  }

  /** The number of a key, given to it now where it is new. */
  idOf(key: string): number {
    const cut = key.length > MAX_KEY_LENGTH ? key.slice(0, MAX_KEY_LENGTH) : key
    const known = this.#ids.get(cut)
    if (known !== undefined) return known
    this.#words.push(cut)
    this.#ids.set(cut, this.#words.length - 1)
    return this.#words.length - 1
  }

  /** Builds the trie over all words when many are new (about 30 ms for 45,000 words). */
  settle({ always = false } = {}): void {
    const fresh = this.#words.length - this.#settled
    if (fresh === 0 || (!always && fresh <= Math.max(MAX_UNSORTED, this.#settled >> 3))) return
    const words = [...this.#words].sort()
    this.#sorted = Uint32Array.from(words, (word) => this.#ids.get(word) ?? 0)
    this.#trie = new TokenTrie(words)
    this.#settled = words.length
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
    return this.#ids.get(key) ?? -1
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
