import { type Customer, NO_FIELDS } from '../customer.ts'

/** A customer as the server has it, of whom no more is known than these ids. */
export function emptyCustomer(id: string, companyId: string): Customer {
  return {
    id,
    companyId,
    name: 'Nobody',
    ...NO_FIELDS,
    source: 'manual',
    createdByUserId: null,
    createdByUserName: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: null,
    conversationCount: 0,
    viewCount: 0,
    deletedAt: null,
    mergedInto: null,
    fieldEdits: {},
    rev: '1',
  }
}
