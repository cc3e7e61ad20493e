import { z } from 'zod'
import type { Steps } from '../util/in-steps.ts'
import { joinBytes } from '../util/join-bytes.ts'
import type { IndexParts } from './indexed-customers.ts'
import { NumberLists } from './number-lists.ts'
import { SEARCH_FIELDS } from './searchable-customer.ts'
import { SubstringIndex } from './substring-index.ts'
import { TokenDictionary } from './token-dictionary.ts'

/**
 * The version of what a saved index means: raise it with any change of keys or words, so that an index
 * of an older app is built anew instead of finding less. A test holds it to the keys.
 */
const INDEX_VERSION = 4
/** Other fields are another index, too. */
const FIELDS = SEARCH_FIELDS.join()

const MAGIC = 0x54534931
const BYTES_PER_NUMBER = 4
/** Texts that one step encodes: about a millisecond. */
const STEP_TEXTS = 10_000

/** Lengths, in numbers or bytes, of the sections in their order. */
const headerSchema = z.object({
  version: z.literal(INDEX_VERSION),
  fields: z.literal(FIELDS),
  sections: z.array(z.number().int().nonnegative()),
})

/**
 * The parts one after the other: magic number, length of the header, header (JSON), then the sections,
 * each at a multiple of four bytes.
 */
export function* encodeIndex({
  ids,
  dictionary,
  postings,
  words,
  emails,
  phones,
}: IndexParts): Steps<Uint8Array<ArrayBuffer>> {
  const { words: tokens, sorted, trie } = dictionary.parts()
  const sections: (readonly Uint8Array[])[] = []
  for (const texts of [ids, tokens, emails.parts().keys, phones.parts().keys]) {
    // The keys end with the last customer who has one.
    sections.push(yield* textBytes(texts, texts === tokens ? tokens.length : ids.length))
  }
  const arrays = [sorted, trie.letter, trie.rank, trie.skip, trie.lengths]
  const lists = [postings, words, emails.parts().postings, phones.parts().postings]
  sections.push(...[...arrays, ...lists.flatMap((list) => Object.values(list.arrays()))].map((of) => [bytesOf(of)]))
  const header = headerBytes(sections.map(lengthOf))
  const parts = [[new Uint8Array(Uint32Array.of(MAGIC, header.length).buffer)], [header], ...sections]
  return yield* joinBytes(parts.flatMap((part) => [...part, fillerAfter(lengthOf(part))]))
}

/** Reads what `encodeIndex` wrote; null: it is something else, or of another version. */
export function decodeIndex(bytes: Uint8Array): IndexParts | null {
  try {
    const whole = bytes.byteOffset % BYTES_PER_NUMBER === 0 ? bytes : bytes.slice()
    const [magic, headerLength = 0] = new Uint32Array(whole.buffer, whole.byteOffset, 2)
    if (magic !== MAGIC) return null
    const reader = new SectionReader(whole, 2 * BYTES_PER_NUMBER)
    const header = headerSchema.parse(JSON.parse(reader.text(headerLength)[0] ?? ''))
    const lengths = header.sections.values()
    const text = () => reader.text(lengths.next().value ?? -1)
    const [ids, tokens, emailKeys, phoneKeys] = [text(), text(), text(), text()]
    const numbers = () => reader.numbers(lengths.next().value ?? -1)
    const sorted = numbers()
    const letters = reader.bytes(lengths.next().value ?? -1)
    const letter = new Uint16Array(letters.buffer, letters.byteOffset, letters.length / Uint16Array.BYTES_PER_ELEMENT)
    const trie = { letter, rank: numbers(), skip: numbers(), lengths: reader.bytes(lengths.next().value ?? -1) }
    const lists = () => new NumberLists(numbers(), numbers())
    return {
      ids,
      dictionary: new TokenDictionary({ words: tokens, sorted, trie }),
      postings: lists(),
      words: lists(),
      emails: new SubstringIndex(emailKeys, lists()),
      phones: new SubstringIndex(phoneKeys, lists()),
    }
  } catch {
    return null
  }
}

class SectionReader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  text(length: number): string[] {
    const text = new TextDecoder().decode(this.bytes(length))
    return text === '' ? [] : text.split('\n')
  }

  numbers(length: number): Uint32Array {
    const { buffer, byteOffset } = this.bytes(length)
    return new Uint32Array(buffer, byteOffset, length / BYTES_PER_NUMBER)
  }

  bytes(length: number): Uint8Array {
    const start = this.#at
    if (length < 0 || start + length > this.#bytes.length) throw new RangeError('The saved index is cut off')
    this.#at += aligned(length)
    return this.#bytes.subarray(start, start + length)
  }
}

/** The first `count` texts, in pieces. None of them holds a line end: keys have letters and digits only, ids are UUIDs. */
function* textBytes(texts: readonly (string | undefined)[], count: number): Steps<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for (let from = 0; from < count; from += STEP_TEXTS) {
    const to = Math.min(count, from + STEP_TEXTS)
    const lines = Array.from({ length: to - from }, (_, n) => texts[from + n] ?? '').join('\n')
    pieces.push(new TextEncoder().encode(to < count ? `${lines}\n` : lines))
    yield
  }
  return pieces
}

function headerBytes(sections: readonly number[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ version: INDEX_VERSION, fields: FIELDS, sections }))
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

function fillerAfter(length: number): Uint8Array {
  return new Uint8Array(aligned(length) - length)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function aligned(length: number): number {
  return Math.ceil(length / BYTES_PER_NUMBER) * BYTES_PER_NUMBER
}
