import { type CustomerFields, NO_FIELDS } from '#shared/domain/customer.ts'
import type { FakeServer } from './fake-server.ts'

/** The fields of a new customer of whom only the name is known. */
export function fieldsOf(name: string): CustomerFields {
  return { name, ...NO_FIELDS }
}

/** Puts a quote for a customer on the server, made in the given minute of 2026. */
export function putQuote(server: FakeServer, n: number, customerId: string, minute: number) {
  return server.records.put('quotes', {
    id: `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    companyId: server.companyId,
    customerId,
    sessionId: null,
    number: `Q-${n}`,
    status: 'sent',
    currency: 'AUD',
    total: '10.00',
    lineItems: [],
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    rev: '0',
  })
}
