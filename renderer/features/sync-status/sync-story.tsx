import { Button, Progress } from '@mantine/core'
import { Link } from 'wouter'
import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { formatCount, formatMoment } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './sync-story.module.css'

const words = strings.sync

/** What waits, since when, what went wrong and what to do about it. */
export function SyncStory() {
  const { client, sync, rows } = useReplica()
  const status = useStore(sync)
  const { all } = useStore(rows)
  const { phase } = status
  return (
    <div className={classes.story}>
      {phase.kind === 'failed' ? (
        <Notice tone="bad">
          {words.stateFailed} {spoken(phase.error.message)}{' '}
          {phase.retryAt === null ? words.noRetry : words.retryAt(formatMoment(phase.retryAt))}
        </Notice>
      ) : (
        <p>{sentence(phase)}</p>
      )}
      {status.incident === null ? null : <p>{words.incidents[status.incident.kind]}</p>}
      {phase.kind === 'firstSync' ? <FirstSyncBar received={phase.received} total={phase.total} /> : null}
      <Facts>
        <Fact label={words.waiting}>
          {status.waiting === 0 ? words.waitingNone : words.waitingCount(status.waiting)}
          {status.waiting > 0 && status.waitingSince !== null
            ? ` ${words.waitingSince(formatMoment(status.waitingSince))}`
            : ''}
          {status.elsewhere > 0 ? <div>{words.elsewhere(status.elsewhere)}</div> : null}
        </Fact>
        <Fact label={words.attention}>
          {status.attention === 0 ? (
            words.attentionNone
          ) : (
            <Link href={routes.attention} className={classes.link}>
              {words.attentionLink(status.attention)}
            </Link>
          )}
        </Fact>
        <Fact label={words.lastSync}>
          {status.lastSyncAt === null ? words.lastSyncNever : formatMoment(status.lastSyncAt)}
        </Fact>
        <Fact label={words.customers}>{formatCount(all)}</Fact>
      </Facts>
      <Button variant="default" onClick={() => void client.request('sync.now', null)}>
        {strings.actions.syncNow}
      </Button>
    </div>
  )
}

function FirstSyncBar({ received, total }: { readonly received: number; readonly total: number | null }) {
  const percent = total === null || total === 0 ? 0 : (received / total) * 100
  return <Progress value={percent} aria-label={strings.firstSync.progress(received, total)} mt={8} size={6} />
}

function sentence(phase: Exclude<SyncPhase, { kind: 'failed' }>): string {
  switch (phase.kind) {
    case 'upToDate':
      return words.stateUpToDate
    case 'syncing':
      return words.stateSyncing
    case 'offline':
      return words.stateOffline
    case 'stopped':
      return words.stateStopped
    case 'firstHistory':
      return words.stateHistory
    case 'firstSync':
      return words.stateFirst
    default:
      return assertNever(phase)
  }
}
