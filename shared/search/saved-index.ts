import { z } from 'zod'
import type { IndexParts } from './indexed-customers.ts'
import { NumberLists } from './number-lists.ts'
import { SubstringIndex } from './substring-index.ts'
import { TokenDictionary } from './token-dictionary.ts'

/**
 * The version of what a saved index means: raise it with any change of keys, words or fields, so that
 * an index of an older app is built anew instead of finding less. A test holds it to the keys.
 */
const INDEX_VERSION = 3

const MAGIC = 0x54534931
const BYTES_PER_NUMBER = 4

/** Lengths, in numbers or bytes, of the sections in their order. */
const headerSchema = z.object({ version: z.literal(INDEX_VERSION), sections: z.array(z.number().int().nonnegative()) })

/**
 * The parts one after the other: magic number, length of the header, header (JSON), then the sections,
 * each at a multiple of four bytes.
 */
export function encodeIndex({ ids, dictionary, postings, words, emails, phones }: IndexParts): Uint8Array<ArrayBuffer> {
  const { words: tokens, sorted, trie } = dictionary.parts()
  const sections = [
    ...[ids, tokens, keysOf(emails, ids.length), keysOf(phones, ids.length)].map(textBytes),
    ...[sorted, trie.letter, trie.rank, trie.skip, trie.lengths].map(bytesOf),
    ...[postings, words, emails.parts().postings, phones.parts().postings].flatMap(listBytes),
  ]
  const header = textBytes([JSON.stringify({ version: INDEX_VERSION, sections: sections.map(({ length }) => length) })])
  const parts = [new Uint8Array(Uint32Array.of(MAGIC, header.length).buffer), header, ...sections]
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + aligned(length), 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += aligned(part.length)
  }
  return bytes
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

function keysOf(index: SubstringIndex, slots: number): string[] {
  const { keys } = index.parts()
  return Array.from({ length: slots }, (_, slot) => keys[slot] ?? '')
}

/** None of the texts holds a line end: keys have letters and digits only, ids are UUIDs. */
function textBytes(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(texts.join('\n'))
}

function listBytes(lists: NumberLists): Uint8Array[] {
  return Object.values(lists.arrays()).map(bytesOf)
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function aligned(length: number): number {
  return Math.ceil(length / BYTES_PER_NUMBER) * BYTES_PER_NUMBER
}
