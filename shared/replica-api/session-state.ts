import { z } from 'zod'
import { workspaceSchema } from '../domain/workspace.ts'
import { appErrorSchema } from '../util/result.ts'

/** Who is signed in, and where. */
export const sessionStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signedOut') }),
  z.object({
    kind: z.literal('signedIn'),
    user: z.object({ id: z.guid(), email: z.string(), name: z.string() }),
    workspace: workspaceSchema,
  }),
  /**
   * The user no longer belongs to the company, or this computer was signed out of it (`isSignedOut`); its
   * data has left this computer. Unsent changes are kept as a hand-over (`handover.list`).
   */
  z.object({
    kind: z.literal('accessLost'),
    user: z.object({ id: z.guid(), email: z.string(), name: z.string() }),
    company: z.object({ id: z.guid(), name: z.string() }),
    unsent: z.number().int().nonnegative(),
    isSignedOut: z.boolean(),
  }),
  /**
   * The company's replica can't be opened and is not touched: its key is missing, or its mirror does not answer.
   * `unsent`: changes in it that had not been sent when last counted; null: not known.
   */
  z.object({
    kind: z.literal('locked'),
    user: z.object({ id: z.guid(), email: z.string(), name: z.string() }),
    company: z.object({ id: z.guid(), name: z.string() }),
    unsent: z.number().int().nonnegative().nullable(),
    error: appErrorSchema,
  }),
  /** The replica can't be used here now: open in another window, or the storage is refused. */
  z.object({ kind: z.literal('unavailable'), error: appErrorSchema }),
])
export type SessionState = z.infer<typeof sessionStateSchema>
