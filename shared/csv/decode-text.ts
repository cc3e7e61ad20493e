import { fail, ok, type Result } from '../util/result.ts'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Turns bytes into text, or null where `strict` and they aren't valid in that encoding (the platform's TextDecoder). */
export type Decode = (bytes: Uint8Array, encoding: Encoding, strict: boolean) => string | null

export interface DecodedText {
  /** Without a byte order mark; all line ends are `\n`. */
  readonly text: string
  readonly encoding: Encoding
}

/**
 * Finds out how a file is encoded and decodes it: byte order mark, else strict UTF-8, else UTF-16 by
 * its zero bytes, else Windows-1252. Files that aren't text are refused with a sentence that says
 * what to do (code `not_text`); a file without anything in it has code `empty`.
 */
export function decodeText(bytes: Uint8Array, decode: Decode, wanted?: Encoding): Result<DecodedText> {
  if (bytes.length === 0) return fail('empty', 'The file is empty. Choose a CSV file with customers in it.')
  const kind = SIGNATURES.find(({ signature }) => signature.every((byte, i) => bytes[i] === byte))
  if (kind !== undefined)
    return fail('not_text', `${kind.what} Save the customers as CSV (UTF-8) and import that file.`)
  if (isEndless(bytes)) return fail('not_text', ENDLESS)
  for (const encoding of wanted === undefined ? encodingsToTry(bytes) : [wanted]) {
    const isStrict = wanted === undefined && encoding !== 'windows-1252'
    const text = decode(withoutMark(bytes, encoding), encoding, isStrict)
    if (text === null) continue
    if (!looksLikeText(text)) break
    if (text.trim() === '') return fail('empty', 'The file is empty. Choose a CSV file with customers in it.')
    return ok({ text: text.replace(/\r\n?/g, '\n'), encoding })
  }
  return fail(
    'not_text',
    'This file is not text, so it cannot be a CSV. Choose a CSV file, or save the list as CSV first.',
  )
}

/** The longest line there may be, in characters. */
export const MAX_LINE_LENGTH = 4_000_000
/** Of a file without the end of a line. */
export const ENDLESS = 'A line of the file is longer than 4 million characters: this is no list of customers.'
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Whether its first line is too long in any encoding: such a file need not become a text first. */
function isEndless(bytes: Uint8Array): boolean {
  const most = 4 * MAX_LINE_LENGTH
  if (bytes.length <= most) return false
  const beginning = bytes.subarray(0, most)
  return !beginning.includes(LINE_FEED) && !beginning.includes(CARRIAGE_RETURN)
}

/** Files that people try to import instead of a CSV, by their first bytes. */
const SIGNATURES: readonly { readonly signature: readonly number[]; readonly what: string }[] = [
  { signature: [0x50, 0x4b, 0x03, 0x04], what: 'This is a spreadsheet (xlsx, ods) or a ZIP file, not a CSV.' },
  { signature: [0xd0, 0xcf, 0x11, 0xe0], what: 'This is an Excel or Word file (xls, doc), not a CSV.' },
  { signature: [0x25, 0x50, 0x44, 0x46], what: 'This is a PDF, not a CSV.' },
  { signature: [0x89, 0x50, 0x4e, 0x47], what: 'This is a picture (PNG), not a CSV.' },
  { signature: [0xff, 0xd8, 0xff], what: 'This is a picture (JPEG), not a CSV.' },
  { signature: [0x47, 0x49, 0x46, 0x38], what: 'This is a picture (GIF), not a CSV.' },
  { signature: [0x1f, 0x8b], what: 'This is a compressed file (gzip), not a CSV. Unpack it first.' },
]

const MARKS: readonly { readonly encoding: Encoding; readonly mark: readonly number[] }[] = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

function encodingsToTry(bytes: Uint8Array): readonly Encoding[] {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte))
  if (marked !== undefined) return [marked.encoding, 'windows-1252']
  return utf16ByZeros(bytes) ?? ['utf-8', 'windows-1252']
}

function withoutMark(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  const mark = MARKS.find((each) => each.encoding === encoding)?.mark
  return mark?.every((byte, i) => bytes[i] === byte) ? bytes.subarray(mark.length) : bytes
}

/** Western text in UTF-16 has a zero in every other byte; anything else with zeros isn't text. */
function utf16ByZeros(bytes: Uint8Array): readonly Encoding[] | null {
  const sample = bytes.subarray(0, 4_096)
  let even = 0
  let odd = 0
  for (const [i, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const half = sample.length / 2
  if (odd > half * 0.4 && even < half * 0.05) return ['utf-16le']
  if (even > half * 0.4 && odd < half * 0.05) return ['utf-16be']
  return null
}

const SAMPLE = 100_000
/** Control characters in this share of a text: noise in an export is forgiven, a binary file is not. */
const MAX_CONTROL_SHARE = 0.005

function looksLikeText(text: string): boolean {
  if (text.includes('\u0000')) return false
  let controls = 0
  const length = Math.min(text.length, SAMPLE)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    // Tab, line feed, vertical tab, form feed, carriage return and the end mark of old DOS files are text.
    if (code < 32 && !(code >= 9 && code <= 13) && code !== 26) controls++
  }
  return controls <= length * MAX_CONTROL_SHARE
}
