import { z } from 'zod'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import { checkpointSchema } from '#shared/sync-protocol/pull.ts'

const instant = z.iso.datetime({ offset: true })

/** What a replica stores beside its customers: key → schema of the value. */
export const replicaStateSchemas = {
  /** Where the pull stands; null (or absent): from the beginning. */
  checkpoint: checkpointSchema.nullable(),
  workspace: workspaceSchema,
  /** When pull and push were last both done, in server time. */
  lastSyncAt: instant,
  /** Server clock minus ours in milliseconds, and the latest server time ever seen. */
  serverClock: z.object({ offsetMs: z.number(), latest: instant.nullable() }),
  /** Ids of customers opened last, newest first. */
  recent: z.array(z.guid()),
  /** Stored customers with unsent edits that could not be read any more: kept for support, never sent. */
  quarantine: z.array(z.unknown()),
} as const
export type ReplicaStateKey = keyof typeof replicaStateSchemas
export type ReplicaState = { [K in ReplicaStateKey]?: z.infer<(typeof replicaStateSchemas)[K]> }
