import { NO_FIELDS } from '#shared/domain/customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ReplicaCustomer } from '../replica-customer.ts'

/** The company of these customers. */
export const COMPANY = '22222222-2222-4222-8222-222222222222'

/** An id that tells its number. */
export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** A customer as the server has it. */
export function customerOf(n: number, name = `Customer ${n}`): ReplicaCustomer {
  return { ...emptyCustomer(idOf(n), COMPANY), name, local: null }
}

/** A customer with an edit that waits to be sent. */
export function edited(n: number, phone: string): ReplicaCustomer {
  const editedAt = '2026-03-01T08:00:00.000Z'
  const customer = customerOf(n)
  const { id, name, deletedAt } = customer
  const shadow = { name, ...NO_FIELDS, deletedAt }
  return {
    ...customer,
    phone,
    local: {
      shadow,
      mutations: [
        {
          op: 'update',
          mutationId: idOf(900_000 + n),
          id,
          base: { phone: null },
          changes: { phone },
          editedAt,
          sent: false,
          times: { phone: editedAt },
        },
      ],
      rejected: null,
      conflicts: [],
    },
  }
}
