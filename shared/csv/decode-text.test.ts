import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Decode, decodeText } from './decode-text.ts'

const decode: Decode = (bytes, encoding, strict) => {
  try {
    return new TextDecoder(encoding, { fatal: strict, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}
const SAMPLE = 'name;email\nJürgen Weiß;j@x.de\nAnna Berg;anna@web.de\n'

test.each([
  ['UTF-8', utf8(SAMPLE), 'utf-8'],
  ['UTF-8 with a byte order mark', utf8(`\ufeff${SAMPLE}`), 'utf-8'],
  ['UTF-16LE with a mark', utf16(`\ufeff${SAMPLE}`, true), 'utf-16le'],
  ['UTF-16BE with a mark', utf16(`\ufeff${SAMPLE}`, false), 'utf-16be'],
  ['UTF-16LE without a mark', utf16(SAMPLE, true), 'utf-16le'],
  ['UTF-16BE without a mark', utf16(SAMPLE, false), 'utf-16be'],
  ['Windows-1252', Uint8Array.from(SAMPLE, (letter) => letter.charCodeAt(0)), 'windows-1252'],
])('IO-1: %s is found out', (_, bytes, encoding) => {
  expect(decodeText(bytes, decode)).toEqual({ ok: true, value: { text: SAMPLE, encoding } })
})

test('IO-1: Windows-1252 has letters where Latin-1 has controls', () => {
  const result = decodeText(Uint8Array.from([0x80, 0x20, 0x8a, 0x93, 0xfc]), decode)
  expect(result.ok && result.value.text).toBe('€ Š“ü')
})

test('IO-1: all line ends become one', () => {
  const result = decodeText(utf8('a\r\nb\rc\nd'), decode)
  expect(result.ok && result.value.text).toBe('a\nb\nc\nd')
})

test.each([
  ['xlsx', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], /spreadsheet.*Save.*CSV/],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], /Excel/],
  ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], /PDF/],
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d], /picture/],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0], /picture/],
  ['gzip', [0x1f, 0x8b, 0x08], /Unpack/],
  ['text with a zero byte', [0x61, 0x00, 0x00, 0x62, 0x63, 0x64], /not text/],
  ['noise', Array.from({ length: 600 }, (_, i) => (i * 7919 + 13) % 31), /not text/],
])('IO-1: %s is refused with a sentence that helps', (_, bytes, sentence) => {
  const result = decodeText(Uint8Array.from(bytes), decode)
  expect(result).toMatchObject({ ok: false, error: { code: 'not_text', message: expect.stringMatching(sentence) } })
})

test.each([[''], ['\ufeff'], [' \r\n \n']])('IO-1: %j is empty', (text) => {
  expect(decodeText(utf8(text), decode)).toMatchObject({ ok: false, error: { code: 'empty' } })
})

test('IO-1: any bytes are answered, and what is taken as text has no zero and no carriage return', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const result = decodeText(bytes, decode)
      if (result.ok) expect(['\u0000', '\r'].filter((bad) => result.value.text.includes(bad))).toEqual([])
      else expect(['empty', 'not_text']).toContain(result.error.code)
    }),
  )
})
