import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from './tokenise.ts'
import { WordTable } from './word-table.ts'

test('SE-1: a word table gives each word one number, whatever the case and wherever it stands', () => {
  const word = fc.oneof(fc.stringMatching(/^[a-cA-C0-1]{1,4}$/), fc.constantFrom('Straße', 'straße', 'Müller', 'мир'))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), fc.nat(30), (words, clearedAt) => {
      const table = new WordTable()
      const known = new Map<string, number>()
      for (const [n, one] of words.entries()) {
        if (n === clearedAt) {
          table.clear()
          known.clear()
        }
        const key = one.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        let made: string | null = null
        const number = table.numberOf(`x${one}y`, 1, 1 + one.length, (text) => {
          made = text
          return n
        })
        expect(made).toBe(known.has(key) ? null : one)
        expect(number).toBe(known.get(key) ?? n)
        known.set(key, number)
      }
    }),
  )
})

test('SE-1: a word table keeps its words apart while it grows', () => {
  const table = new WordTable()
  const words = Array.from({ length: 20_000 }, (_, n) => `w${n.toString(36)}`)
  for (const [n, word] of words.entries()) table.numberOf(word, 0, word.length, () => n)
  const numbers = words.map((word) => table.numberOf(word, 0, word.length, () => -1))
  expect(numbers).toEqual([...words.keys()])
})

test('SE-1: words are runs of letters, marks and digits of any script, as the pattern for them finds', () => {
  const piece = fc.constantFrom(
    'a',
    'Z',
    '7',
    'ß',
    'u\u0308',
    '٣',
    '𝒜',
    '𝟘',
    '😀',
    '\ud800',
    '\udc00',
    ' ',
    '-',
    '’',
    '漢',
    'ж',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      const expected = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
        text: match[0],
        start: match.index,
        end: match.index + match[0].length,
      }))
      expect(wordsOf(text)).toEqual(expected)
    }),
  )
})
