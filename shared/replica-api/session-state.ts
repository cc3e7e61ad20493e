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
  /** The replica can't be used here now: open in another window, damaged, or the storage is refused. */
  z.object({ kind: z.literal('unavailable'), error: appErrorSchema }),
])
export type SessionState = z.infer<typeof sessionStateSchema>
