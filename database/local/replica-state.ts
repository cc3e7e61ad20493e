import { z } from 'zod'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import { storageIncidentSchema } from '#shared/replica-api/storage-incident.ts'
import { checkpointSchema } from '#shared/sync-protocol/pull.ts'
import { recordCheckpointsSchema } from './replica-record.ts'

const instant = z.iso.datetime({ offset: true })

/** What a replica stores beside its customers: key → schema of the value. */
export const replicaStateSchemas = {
  /** Where the pull of customers stands; null (or absent): from the beginning. */
  checkpoint: checkpointSchema.nullable(),
  /** The same for the other collections. */
  recordCheckpoints: recordCheckpointsSchema,
  workspace: workspaceSchema,
  /** When pull and push were last both done, in server time. */
  lastSyncAt: instant,
  /** Server clock minus ours in milliseconds, and the latest server time ever seen. */
  serverClock: z.object({ offsetMs: z.number(), latest: instant.nullable() }),
  /** Ids of customers opened last, newest first. */
  recent: z.array(z.guid()),
  /** The version of the stored customers (`DOCUMENT_VERSION`); absent: 1. */
  documentVersion: z.number().int().positive(),
  /** The server was restored, and has not shown everything again. */
  isStartingOver: z.boolean(),
  /** Erased customers whose erasure this machine has not acknowledged yet. */
  erasures: z.array(z.guid()),
  /** When the server first heard of this device, in server time. */
  registeredAt: instant,
  /** Stored customers with unsent edits that could not be read any more: kept for support, never sent. */
  quarantine: z.array(z.unknown()),
  /** What happened to this replica, until its user says that they know. */
  incident: storageIncidentSchema.nullable(),
} as const
export type ReplicaStateKey = keyof typeof replicaStateSchemas
export type ReplicaState = { [K in ReplicaStateKey]?: z.infer<(typeof replicaStateSchemas)[K]> }

/**
 * The state from what is stored. Values that no longer parse are dropped: all of them can be had
 * again from the server.
 */
export function parseReplicaState(documents: readonly { readonly key: string; readonly json: string }[]): ReplicaState {
  const state: Record<string, unknown> = {}
  for (const { key, json } of documents) {
    if (!isStateKey(key)) continue
    const parsed = replicaStateSchemas[key].safeParse(parseJson(json))
    if (parsed.success) state[key] = parsed.data
  }
  return state as ReplicaState
}

function isStateKey(key: string): key is ReplicaStateKey {
  return Object.hasOwn(replicaStateSchemas, key)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
