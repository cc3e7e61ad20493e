import { expect, test } from 'vitest'
import { attentionText } from './attention-text.ts'
import { valueText } from './value-text.ts'

const owner = '0a111111-0000-4000-8000-000000000003'
const members = [{ userId: owner, name: 'Anna Krüger', role: 'sales' }] as const

test('R-3: values read as a person writes them', () => {
  expect(valueText('phone', '040 1', members)).toBe('040 1')
  expect(valueText('tags', ['a', 'b'], members)).toBe('a, b')
  expect(valueText('tags', [], members)).toBe('empty')
  expect(valueText('email', null, members)).toBe('empty')
  expect(valueText('ownerId', owner, members)).toBe('Anna Krüger')
  expect(valueText('ownerId', 'someone', members)).toBe('a former colleague')
})

test('R-3: a refused write can be handed over as text with everything in it', () => {
  const text = attentionText(
    {
      kind: 'rejected',
      mergedInto: null,
      customerId: owner,
      customerName: 'Groß Holzbau',
      op: 'update',
      changes: { phone: '040 1', ownerId: owner },
      current: null,
      code: 'forbidden',
      reason: 'Sales can only edit customers they own or created.',
      field: null,
      at: '2026-11-22T10:00:00Z',
    },
    members,
  )
  expect(text).toContain('Groß Holzbau')
  expect(text).toContain('Sales can only edit')
  expect(text).toContain('Phone: 040 1')
  expect(text).toContain('Owner: Anna Krüger')
})
