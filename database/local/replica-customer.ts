import { z } from 'zod'
import { customerSchema, heldFieldsSchema } from '#shared/domain/customer.ts'
import { fieldConflictSchema } from '#shared/replica-api/detail.ts'
import { storedMutationSchema } from '#shared/sync-protocol/push.ts'

const instant = z.iso.datetime({ offset: true })

/**
 * A mutation that waits for its verdict. `sent` is stored before the request leaves: from then on
 * the content never changes, because the server may already hold it under this mutation id.
 */
export const queuedMutationSchema = z.intersection(
  storedMutationSchema,
  z.object({
    sent: z.boolean(),
    /** The merge that it was made on top of: it waits until the server has judged that one. */
    after: z.guid().optional(),
  }),
)
export type QueuedMutation = z.infer<typeof queuedMutationSchema>

/** The server's values of what a person can change, kept while edits wait on top of them. */
export const shadowSchema = heldFieldsSchema.extend({ deletedAt: instant.nullable() })
export type Shadow = z.infer<typeof shadowSchema>

/** A write that the server refused, with the reason (SPEC R-3). */
export const rejectedWriteSchema = z.object({
  mutations: z.array(queuedMutationSchema).min(1),
  code: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  at: instant,
})
export type RejectedWrite = z.infer<typeof rejectedWriteSchema>

/** What this machine knows about a customer beyond the server's row. */
export const localStateSchema = z.object({
  /** Null while nothing waits, and for a customer that was made here and that the server has not seen. */
  shadow: shadowSchema.nullable(),
  /** In the order made; usually at most two: one under way and one that still takes edits. */
  mutations: z.array(queuedMutationSchema),
  rejected: rejectedWriteSchema.nullable(),
  conflicts: z.array(fieldConflictSchema),
})
export type LocalState = z.infer<typeof localStateSchema>

/**
 * One stored customer: the row as it shows (server's values with the waiting edits on top) and the
 * local state. Both lie in one document, so that an edit and its outbox entry are one atomic write.
 */
export const replicaCustomerSchema = customerSchema.extend({ local: localStateSchema.nullable() })
export type ReplicaCustomer = z.infer<typeof replicaCustomerSchema>
