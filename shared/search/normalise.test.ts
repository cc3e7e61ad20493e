import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchKey, searchKeyWithOffsets } from './normalise.ts'

test.each([
  ['Müller', 'muller'],
  ['Mueller', 'muller'],
  ['MULLER', 'muller'],
  ['Mu\u0308ller', 'muller'],
  ['Weiß', 'weiss'],
  ['Łukasz', 'lukasz'],
  ['Yılmaz', 'yilmaz'],
  ['İzmir', 'izmir'],
  ['François', 'francois'],
  ['O’Brien', 'obrien'],
  ['Sørensen', 'sorensen'],
  ['Жанна', 'zhanna'],
  ['Παππάς', 'pappas'],
])('SE-1: %s is compared as %s', (word, key) => {
  expect(searchKey(word)).toBe(key)
})

test('SE-1: the key with offsets is the same key, and its offsets rise within the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { key, starts, ends } = searchKeyWithOffsets(text)
      expect(key).toBe(searchKey(text))
      expect(starts).toHaveLength(key.length)
      expect(ends).toHaveLength(key.length)
      for (const [i, start] of starts.entries()) {
        expect(start).toBeGreaterThanOrEqual(starts[i - 1] ?? 0)
        expect(ends[i]).toBeGreaterThan(start)
        expect(ends[i]).toBeLessThanOrEqual(text.length)
      }
    }),
  )
})

test('SE-1: folding digraphs gives one key for both spellings, also letter after letter', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('ä', 'ö', 'ü', 'a', 'e', 'o', 'u', 'r', 'n')), (letters) => {
      const spelt = { ä: 'ae', ö: 'oe', ü: 'ue' } as const
      // A following `e` would make another digraph in one of the two spellings.
      const word = letters.join('').replace(/([äöüaou])e+/g, '$1r')
      const typed = word.replace(/[äöü]/g, (letter) => spelt[letter as 'ä' | 'ö' | 'ü'])
      expect(searchKey(typed)).toBe(searchKey(word))
    }),
  )
})
