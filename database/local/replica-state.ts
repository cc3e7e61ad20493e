import { z } from 'zod'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import { bulkActSchema } from '#shared/replica-api/bulk.ts'
import { importMappingSchema } from '#shared/replica-api/import.ts'
import { storageIncidentSchema } from '#shared/replica-api/storage-incident.ts'
import { SYNC_COLLECTIONS } from '#shared/sync-protocol/collections.ts'
import { checkpointSchema } from '#shared/sync-protocol/pull.ts'
import { parseJson } from '#shared/util/parse-json.ts'
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
  /** Collections in which stored rows could not be read: to be walked again, while the others show. */
  reread: z.array(z.enum(SYNC_COLLECTIONS)),
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
  /** Imports made here that can be looked up and undone, oldest first. */
  imports: z.array(z.guid()),
  /** How the columns of a set of headers were imported last, by the headers. */
  importMappings: z.record(z.string(), importMappingSchema),
  /** Acts on many customers that can be undone, oldest first, with how many parts their journal has. */
  bulkActs: z.array(bulkActSchema.extend({ parts: z.number().int().nonnegative() })),
} as const

/** A part of the journal of an import, as JSON text that is read when somebody asks (`sync/import/import-journal.ts`). */
export type ImportKey = `import:${string}`
/** The same of an act on many customers (`sync/bulk/bulk-journal.ts`). */
export type BulkKey = `bulk:${string}`
type FixedKey = keyof typeof replicaStateSchemas
export type ReplicaStateKey = FixedKey | ImportKey | BulkKey
export type ReplicaState = { [K in FixedKey]?: z.infer<(typeof replicaStateSchemas)[K]> } & {
  [K in ImportKey | BulkKey]?: string | null
}

const JOURNALS = ['import:', 'bulk:']

/**
 * The state from what is stored. Values that no longer parse are dropped: all of them can be had
 * again from the server.
 */
export function parseReplicaState(documents: readonly { readonly key: string; readonly json: string }[]): ReplicaState {
  const state: Record<string, unknown> = {}
  for (const { key, json } of documents) {
    if (JOURNALS.some((prefix) => key.startsWith(prefix))) state[key] = parseJson(json)
    if (!isFixedKey(key)) continue
    const parsed = replicaStateSchemas[key].safeParse(parseJson(json))
    if (parsed.success) state[key] = parsed.data
  }
  return state as ReplicaState
}

function isFixedKey(key: string): key is FixedKey {
  return Object.hasOwn(replicaStateSchemas, key)
}
