import { expect, test } from 'vitest'
import { NO_FIELDS } from './customer.ts'
import { type GdprExport, gdprExportSchema, renderGdprExport } from './gdpr-export.ts'

const { ownerId: _, ...unknown } = NO_FIELDS
const image = {
  ...unknown,
  name: 'Ada Byron',
  email: 'ada@byron.example',
  address: '1 Engine Row',
  notes: 'Prefers post',
  tags: ['vip', 'maths'],
  source: 'chat',
  createdAt: '2026-01-01T00:00:00.000000Z',
  createdByUserName: 'Sanne',
  lastSeenAt: null,
}
const full: GdprExport = {
  format: 'tradesphere-customer-export',
  version: 1,
  exportedAt: '2026-02-02T00:00:00.000000Z',
  company: 'Northbuild',
  customer: {
    ...image,
    id: '0a000000-0000-4000-8000-000000000001',
    updatedAt: '2026-01-02T00:00:00Z',
    deletedAt: null,
  },
  mergedFrom: [{ ...image, name: 'A. Byron', id: '0a000000-0000-4000-8000-000000000002' }],
  conversations: [
    {
      id: '0a000000-0000-4000-8000-000000000003',
      at: '2026-01-03T00:00:00Z',
      name: 'Ada',
      email: null,
      phone: '0400',
      address: null,
      summary: 'Asked about gears',
      messages: [{ role: 'customer', text: 'Do you sell gears?', at: '2026-01-03T00:00:01Z' }],
    },
  ],
  quotes: [
    {
      number: 'Q-7',
      at: '2026-01-04',
      status: 'sent',
      currency: 'AUD',
      total: '12.50',
      lineItems: [{ text: 'Brass gear', quantity: 5, unitPrice: 2.5 }],
    },
  ],
  interactions: [{ type: 'call', at: '2026-01-05', by: 'Jonas' }],
  suggestions: [{ field: 'email', value: 'ada@new.example', status: 'open', at: '2026-01-06' }],
  merges: [
    {
      at: '2026-01-07',
      by: 'Marcus',
      undoneAt: null,
      before: { ...image, name: 'Ada B.' },
      changes: { name: { from: 'Ada B.', to: 'Ada Byron' } },
    },
  ],
  activity: [{ action: 'updated', at: '2026-01-08', by: 'Olivia', changes: { tags: { from: [], to: ['vip'] } } }],
  other: { quote_requests: [{ note: 'Please again', status: 'open' }] },
}

/** Every text, number and list in a document, but its own format marks. */
function leaves(value: unknown): string[] {
  if (value === null || value === '') return []
  if (typeof value === 'object') return Object.values(value).flatMap(leaves)
  return [String(value)]
}

test('DB-8: the readable export has every value of the document', () => {
  const { format, version, ...content } = gdprExportSchema.parse(full)
  const text = renderGdprExport(full)
  expect(leaves(content).length).toBeGreaterThan(60)
  expect(leaves(content).filter((leaf) => !text.includes(leaf))).toEqual([])
  expect(text).not.toContain(format)
  expect(version).toBe(1)
})

test('DB-8: the readable export says where nothing is held', () => {
  const text = renderGdprExport({ ...full, conversations: [], quotes: [] })
  expect(text).toContain('## Conversations\n\nNothing.')
  expect(text).toContain('## Quotes\n\nNothing.')
})
