import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chatLink, chatUrlSchema } from './chat-link.ts'

test('UI-2: a chat opens where the company says, with its id as one part of the address', () => {
  expect(chatLink('https://chat.example.com/s/{session}?from=crm', 'a/b 1&c')).toBe(
    'https://chat.example.com/s/a%2Fb%201%26c?from=crm',
  )
  expect(chatLink('https://chat.example.com/#{session}', 'x')).toBe('https://chat.example.com/#x')
})

test.each([
  [null, 'x'],
  [undefined, 'x'],
  ['https://chat.example.com/{session}', null],
  ['https://chat.example.com/{session}', 'erased-1'],
  ['https://chat.example.com/sessions/{session}/open', '.'],
  ['https://chat.example.com/sessions/{session}/open', '..'],
])('UI-2: %s and %s are no link', (template, session) => expect(chatLink(template, session)).toBeNull())

test.each([
  'http://chat.example.com/{session}',
  'javascript:alert("{session}")',
  'https://{session}/',
  'https://user@{session}/',
  'https://user:word@chat.example.com/{session}',
  'https://chat.example.com',
  'https://chat.example.com/session',
  'https:///{session}',
  'https://chat.example.com\\@evil.example/{session}',
  'https://chat.example.com/ {session}',
  `https://chat.example.com/{session}${'a'.repeat(500)}`,
])('EL-1: %j is nowhere that a chat may open', (url) => expect(chatUrlSchema.safeParse(url).success).toBe(false))

test('EL-1: whatever a chat is called, its link stays at the company’s host', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (session) => {
      const link = chatLink('https://chat.example.com/s/{session}', session)
      expect(link === null || new URL(link).host).toBe(link === null ? true : 'chat.example.com')
    }),
  )
})
