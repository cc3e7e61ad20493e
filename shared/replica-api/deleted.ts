import { z } from 'zod'
import { customerSourceSchema } from '../domain/customer.ts'

const id = z.guid()

/** A customer who was deleted, and can be brought back. */
const deletedCustomerSchema = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  source: customerSourceSchema,
  deletedAt: z.string(),
  /** Who did it, as far as this computer knows. */
  by: z.object({ userId: id.nullable(), name: z.string() }).nullable(),
})
export type DeletedCustomer = z.infer<typeof deletedCustomerSchema>

/** Why a customer is in no list: deleted, or merged into another one. */
const goneCustomerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deleted'), customer: deletedCustomerSchema }),
  z.object({ kind: z.literal('merged'), name: z.string(), into: z.object({ id, name: z.string() }) }),
])
export type GoneCustomer = z.infer<typeof goneCustomerSchema>

/** Customers that are in no list any more. `customers.restore` brings deleted ones back; the erased are in no answer. */
export const deletedRequests = {
  /** Deleted last first; all words of the search stand in name, email, phone or address. */
  'deleted.list': {
    input: z.object({ search: z.string().max(200), limit: z.number().int().min(1).max(500) }),
    output: z.object({ customers: z.array(deletedCustomerSchema), total: z.number().int().nonnegative() }),
  },
  /** Null: this computer doesn't know. */
  'deleted.get': { input: z.object({ id }), output: goneCustomerSchema.nullable() },
} as const
