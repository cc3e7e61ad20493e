import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../util/in-steps.ts'
import { editDistance } from './edit-distance.ts'
import { TokenDictionary, typoFit } from './token-dictionary.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'n', '1'), minLength: 1, maxLength: 10 })

/** A dictionary of these words, of which the first 1,001 and more are in the trie when `settled`. */
function dictionaryOf(words: readonly string[], settled: boolean) {
  const dictionary = new TokenDictionary()
  for (const each of words) dictionary.idOf(each)
  // Filler in letters that no test word has, so that the trie gets built.
  if (settled) for (let i = 0; i < 1_100; i++) dictionary.idOf(`zz${i.toString(36)}zzzzzzzzzzz`)
  atOnce(dictionary.settling())
  return dictionary
}

function found(words: readonly string[], look: (visit: (token: number, weight: number) => void) => void): Set<string> {
  const hits = new Set<string>()
  look((token, weight) => {
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThanOrEqual(1)
    if (token < words.length) hits.add(words[token] ?? '')
  })
  return hits
}

test('SE-1: the trie finds the beginnings and misspellings that comparing every word finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'n'), minLength: 4, maxLength: 9 }),
      fc.boolean(),
      fc.constantFrom(1, 2),
      (words, typed, settled, max) => {
        const dictionary = dictionaryOf(words, settled)
        const prefixed = found(words, (visit) => dictionary.prefixed(typed, visit))
        expect(prefixed).toEqual(new Set(words.filter((each) => each.startsWith(typed))))

        const misspelt = found(words, (visit) => dictionary.misspelt(typed, max, visit))
        for (const each of words) {
          const distance = editDistance(typed, each, max)
          if (distance > 0 && distance <= max) expect(misspelt).toContain(each)
          if (misspelt.has(each) && !each.startsWith(typed)) expect(typoFit(typed, each, max)).not.toBeNull()
        }
      },
    ),
  )
})

test.each([
  ['schmidt', 'shcmidt', 1],
  ['schmidt', 'schmit', 1],
  ['schmidt', 'schmidtt', 1],
  ['schmidt', 'smit', 3],
  ['ab', 'ba', 1],
  ['', 'abc', 3],
])('SE-1: %s and %s are %i typing errors apart', (a, b, distance) => {
  expect(editDistance(a, b, 3)).toBe(distance)
  expect(editDistance(b, a, 3)).toBe(distance)
})
