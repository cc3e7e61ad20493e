import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import type { AppSession } from './replica-model.ts'

/** What the page knows for support: kinds, counts, times and codes. Nobody's name, no customer, no company. */
export function describePage(session: AppSession, sync: SyncStatus, userAgent: string) {
  const { phase } = sync
  return {
    userAgent,
    session: session.kind,
    role: session.kind === 'signedIn' ? session.workspace.role : null,
    sync: {
      phase: phase.kind,
      // Its sentence may name a customer.
      error: phase.kind === 'failed' ? phase.error.code : null,
      waiting: sync.waiting,
      elsewhere: sync.elsewhere,
      waitingSince: sync.waitingSince,
      attention: sync.attention,
      lastSyncAt: sync.lastSyncAt,
      incident: sync.incident === null ? null : { ...sync.incident },
    },
  }
}
