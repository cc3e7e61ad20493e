import { expect, test } from 'vitest'
import { english } from './english.ts'
import { german } from './german.ts'
import { systemLanguage } from './texts.ts'

/** Every text by its path; functions say the names of what they are given. */
function said(texts: unknown, path = ''): readonly [string, string][] {
  if (typeof texts === 'string') return [[path, texts]]
  if (typeof texts === 'function') return [[path, String(Reflect.apply(texts, null, ['FIRST', 'SECOND']))]]
  return Object.entries(texts as object).flatMap(([key, inner]) => said(inner, `${path}.${key}`))
}

test('UI-5: main says everything in German that it says in English, with the same values, in words of its own', () => {
  const theirs = new Map(said(german))
  expect([...theirs.keys()]).toEqual(said(english).map(([path]) => path))
  for (const [path, text] of said(english)) {
    expect(theirs.get(path), path).not.toBe(text)
    for (const value of ['FIRST', 'SECOND', 'TradeSphere Customers']) {
      expect(theirs.get(path)?.includes(value), path).toBe(text.includes(value))
    }
  }
})

test.each([
  [['de-AT', 'en-US'], 'de'],
  [['fr-FR', 'en-GB', 'de'], 'en'],
  [['DE'], 'de'],
  [['fr-FR'], 'en'],
  [[], 'en'],
] as const)('UI-5: before a page speaks, main speaks the language of the system: %j', (preferred, expected) => {
  expect(systemLanguage(preferred)).toBe(expected)
})
