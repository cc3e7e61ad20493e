import { expect, test } from 'vitest'
import { locale, localeOf } from './language.ts'

test.each([
  ['system', ['de-AT', 'en-US'], 'de-AT'],
  ['system', ['fr-FR', 'de', 'en'], 'de'],
  ['system', ['fr-FR'], 'en'],
  ['system', [], 'en'],
  ['de', ['en-US', 'de-CH'], 'de-CH'],
  ['de', ['en-US'], 'de'],
  ['en', ['de-DE', 'en-GB'], 'en-GB'],
] as const)('UI-5: the choice %s with a system that prefers %j speaks %s', (choice, preferred, expected) => {
  expect(localeOf(choice, preferred)).toBe(expected)
})

test('UI-5: without a window the texts are English, whatever the computer speaks', () => {
  expect(locale).toBe('en')
})
