import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCount } from '../lib/format.ts'
import { english } from './english/english.ts'
import { german } from './german/german.ts'

type Said = (...values: unknown[]) => unknown

/** Every text and every function to a text, by its path: "actions.back". */
function leaves(texts: unknown, path = ''): Map<string, unknown> {
  if (typeof texts !== 'object' || texts === null) return new Map([[path, texts]])
  return new Map(
    Object.entries(texts).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  )
}

/** What is the same word in German, or a name. */
const SAME = new Set([
  'Chat',
  'Chats',
  'Export',
  'Filter',
  'Format',
  'Import',
  'Link',
  'Name',
  'Offline',
  'PIN',
  'Pause',
  'Person',
  'Server',
  'Support',
  'Tags',
  'TradeSphere Customers',
  'UTF-8',
  'https://….supabase.co',
  '–',
])

const inEnglish = leaves(english)
const inGerman = leaves(german)

test('UI-5: German says everything that English says, and in words of its own', () => {
  expect([...inGerman.keys()].toSorted()).toEqual([...inEnglish.keys()].toSorted())
  const untranslated = [...inEnglish].filter(
    ([path, text]) => typeof text === 'string' && text === inGerman.get(path) && !SAME.has(text),
  )
  expect(untranslated).toEqual([])
})

/** Values of the kinds that texts are made of; an import's preview is a record of counts. */
const KINDS: readonly ((word: string, count: number) => unknown)[] = [
  (word) => word,
  (_word, count) => count,
  () => null,
  (word) => [word],
  (_word, count) => ({
    removed: count,
    restored: count,
    valuesKept: count,
    notAllowed: count,
    elsewhere: count,
    gone: count,
  }),
]

/** All rows of kinds for a function of so many values. */
function rows(length: number): number[][] {
  if (length === 0) return [[]]
  return rows(length - 1).flatMap((row) => KINDS.map((_, kind) => [...row, kind]))
}

/** What a function says of values; null where they are not of its kinds. */
function say(text: Said, values: readonly unknown[]): string | null {
  try {
    return String(text(...values)).toLowerCase()
  } catch {
    return null
  }
}

test('UI-5: no German text leaves out a value that the English one tells, or tells one more', () => {
  const functions = [...inEnglish].filter(([, text]) => typeof text === 'function') as [string, Said][]
  expect(functions.length).toBeGreaterThan(200)
  const word = fc.stringMatching(/^[a-z]{9}$/)
  const count = fc.integer({ min: 1_000, max: 99_999 })
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 4, maxLength: 4 }),
      fc.uniqueArray(count, { minLength: 4, maxLength: 4 }),
      (words, counts) => {
        const told = [...words, ...counts.map(formatCount), ...counts.map(String)]
        for (const [path, text] of functions) {
          let understood = false
          for (const row of rows(text.length)) {
            const values = row.map((kind, at) => KINDS[kind]?.(words[at] ?? '', counts[at] ?? 0))
            const ours = say(text, values)
            if (ours === null) continue
            understood = true
            const theirs = say(inGerman.get(path) as Said, values) ?? ''
            const tells = (said: string): string[] => told.filter((one) => said.includes(one))
            expect(tells(theirs), `${path}: ${ours} / ${theirs}`).toEqual(tells(ours))
          }
          expect(understood, path).toBe(true)
        }
      },
    ),
    { numRuns: 3 },
  )
})
