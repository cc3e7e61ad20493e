import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../app/strings.ts'

/** What the pill's dot says: all well, under way, edits wait, or a person is needed. */
export type PillTone = 'calm' | 'busy' | 'waiting' | 'wrong'

/** The sync status in a few words and a colour. */
export interface SyncPill {
  readonly text: string
  /** A part of the text that has room on a phone, where not all of it has. */
  readonly short?: string
  readonly tone: PillTone
}

/**
 * The one line that tells the truth about sync. A person's own unsent edits come before the state
 * of the machinery; a pull with nothing to send stays "Up to date", so that the pill doesn't blink.
 */
export function syncPill(status: SyncStatus): SyncPill {
  const { phase, waiting, attention } = status
  const words = strings.pill
  switch (phase.kind) {
    case 'firstSync':
      return {
        text: words.firstSync(phase.received, phase.total),
        short: words.firstSyncShort(phase.received, phase.total),
        tone: 'busy',
      }
    case 'firstHistory':
      return waiting > 0
        ? { text: words.waiting(waiting), tone: 'waiting' }
        : { text: words.firstHistory(phase.received), tone: 'busy' }
    case 'offline':
      return waiting > 0
        ? { text: words.offlineWaiting(waiting), short: words.offlineShort(waiting), tone: 'waiting' }
        : { text: words.offline, tone: 'waiting' }
    case 'failed':
      return { text: words.failed(waiting), tone: 'wrong' }
    case 'stopped':
      return waiting > 0 ? { text: words.waiting(waiting), tone: 'waiting' } : { text: words.stopped, tone: 'waiting' }
    case 'syncing':
    case 'upToDate':
      if (attention > 0) return { text: words.attention(attention), tone: 'wrong' }
      if (waiting === 0) return { text: words.upToDate, tone: 'calm' }
      return phase.kind === 'syncing'
        ? { text: words.saving, tone: 'busy' }
        : { text: words.waiting(waiting), tone: 'waiting' }
    default:
      return assertNever(phase)
  }
}
