import { z } from 'zod'
import { appErrorSchema } from '../util/result.ts'
import { storageIncidentSchema } from './storage-incident.ts'

/** What the sync is doing. */
export const syncPhaseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('firstSync'), received: z.number().int(), total: z.number().int().nullable() }),
  /** A first sync has all customers, and gets what happened with them: rows so far. */
  z.object({ kind: z.literal('firstHistory'), received: z.number().int() }),
  z.object({ kind: z.literal('syncing') }),
  z.object({ kind: z.literal('upToDate') }),
  /** No network, or the server does not answer; tried again by itself. */
  z.object({ kind: z.literal('offline') }),
  /** The server answers, but not as it should; `retryAt` is null when only the user can help. */
  z.object({ kind: z.literal('failed'), error: appErrorSchema, retryAt: z.string().nullable() }),
])
export type SyncPhase = z.infer<typeof syncPhaseSchema>

/** The truth about sync, for the pill and the page behind it (SPEC SY-7). */
export const syncStatusSchema = z.object({
  phase: syncPhaseSchema,
  /** Mutations that wait to be sent. */
  waiting: z.number().int().nonnegative(),
  /** Changes that wait in the user's other companies on this computer, until one of those is opened. */
  elsewhere: z.number().int().nonnegative(),
  /** When the oldest of them was made, or null. */
  waitingSince: z.string().nullable(),
  /** Refused writes, open conflicts, and unsent work that can't be read any more. */
  attention: z.number().int().nonnegative(),
  lastSyncAt: z.string().nullable(),
  incident: storageIncidentSchema.nullable(),
})
export type SyncStatus = z.infer<typeof syncStatusSchema>

/** While no company is open. */
export const SYNC_STOPPED: SyncStatus = {
  phase: { kind: 'stopped' },
  waiting: 0,
  elsewhere: 0,
  waitingSince: null,
  attention: 0,
  lastSyncAt: null,
  incident: null,
}
