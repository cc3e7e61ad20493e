import { expect, test } from 'vitest'
import { filterTexts } from './filter-text.ts'

const RENA = { userId: '0a111111-0000-4000-8000-000000000001', name: 'Rena', role: 'sales' } as const

test('SE-2: each part of a filter is said in words, in one order', () => {
  const texts = filterTexts(
    {
      duplicates: true,
      state: 'attention',
      lastSeen: { kind: 'notLast', days: 90 },
      created: { kind: 'last', days: 365 },
      owners: [RENA.userId, null, '0a111111-0000-4000-8000-000000000009'],
      tags: { match: 'all', of: ['vip', 'lead'] },
      phone: false,
      email: true,
      sources: ['chat', 'import'],
    },
    [RENA],
  )
  expect(texts.map(({ text }) => text)).toEqual([
    'Chat, Imported',
    'Has email',
    'No phone',
    'All of vip, lead',
    'Owned by Rena, Nobody, Former colleague',
    'Created within a year',
    'Not seen for 90 days',
    'Needs attention',
    'Possible duplicates',
  ])
})

test('SE-2: an open end of a period is said as such, by calendar day', () => {
  const [text] = filterTexts({ created: { kind: 'between', from: '2026-03-01', to: null } }, [])
  expect(text?.text).toMatch(/^Created since .*2026/)
})
