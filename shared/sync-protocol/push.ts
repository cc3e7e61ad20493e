import { z } from 'zod'
import {
  customerChangesSchema,
  customerFieldSchema,
  customerSchema,
  customerSourceSchema,
  heldChangesSchema,
} from '../domain/customer.ts'

/** Most mutations in one push. */
export const PUSH_LIMIT = 1_000

const common = {
  /** Makes a repeat harmless: the server keeps a ledger of the ids it judged. */
  mutationId: z.guid(),
  /** The customer. Chosen by the client on create. */
  id: z.guid(),
  /** When the person did it, in server time as far as the client knows it; the server clamps it to now. */
  editedAt: z.iso.datetime({ offset: true }),
}

const mutationOf = <C extends typeof customerChangesSchema | typeof heldChangesSchema>(changes: C) =>
  z.discriminatedUnion('op', [
    z.object({
      ...common,
      op: z.literal('create'),
      changes,
      source: customerSourceSchema,
      createdAt: common.editedAt,
    }),
    z.object({
      ...common,
      op: z.literal('update'),
      /** What somebody wrote before may break our rules. */
      base: heldChangesSchema,
      changes,
      /** When each field was edited, where that is known; else `editedAt`. Clamped likewise. */
      times: z.partialRecord(customerFieldSchema, common.editedAt).optional(),
      /** The import that it belongs to: kept with each field until the next edit of it, so that an undo can tell. */
      importId: z.guid().optional(),
    }),
    /** `importId`: it undoes that import, and whoever may do that need not be allowed to delete. */
    z.object({ ...common, op: z.literal('delete'), importId: z.guid().optional() }),
    /** Undo of a deletion, by somebody who may delete. */
    z.object({ ...common, op: z.literal('restore') }),
  ])

/**
 * One change to one customer, with what it was based on. The server compares `base` with the row
 * field by field: a field that differs from its base is a conflict, all others apply, so that
 * edits of different fields never meet.
 */
export const mutationSchema = mutationOf(customerChangesSchema)
export type Mutation = z.infer<typeof mutationSchema>

/** A mutation that waits: rules that were tightened since it was made must not make it unreadable. The server judges it. */
export const storedMutationSchema = mutationOf(heldChangesSchema)

/** Why the server refused a mutation. */
export const rejectionCodeSchema = z.enum([
  /** The role matrix, or no longer a member. */
  'forbidden',
  /** A value breaks a rule of the database; `field` says which where it is known. */
  'invalid',
  /** The customer is gone, or never was in this company. */
  'not_found',
  /** The id is taken. */
  'id_in_use',
])

/** The verdict on one mutation; a push answers with one for each, in the order sent. */
export const verdictSchema = z.discriminatedUnion('status', [
  /** Done, now or before (a repeat): the row as it is. */
  z.object({ status: z.literal('applied'), mutationId: z.guid(), row: customerSchema }),
  /** Nothing was written: a field was changed by somebody else, or the customer was deleted. The row as it is. */
  z.object({ status: z.literal('conflict'), mutationId: z.guid(), row: customerSchema }),
  /** Nothing was written, nor will be under this id; but for two refusals that are not kept (docs/sync.md, Push). */
  z.object({
    status: z.literal('rejected'),
    mutationId: z.guid(),
    code: rejectionCodeSchema,
    message: z.string(),
    field: z.string().nullable(),
  }),
])
export type Verdict = z.infer<typeof verdictSchema>

/** The answer of `sync_push(p_company uuid, p_collection text, p_mutations jsonb)`. */
export const pushAnswerSchema = z.object({
  protocol: z.number().int(),
  epoch: z.string(),
  verdicts: z.array(verdictSchema),
  serverTime: z.iso.datetime({ offset: true }),
})
export type PushAnswer = z.infer<typeof pushAnswerSchema>
