import { Button, Progress } from '@mantine/core'
import type { DuplicateStatus } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatWhen } from '../../lib/format.ts'
import classes from './duplicates-page.module.css'

const words = strings.duplicates

/** Where the search for duplicates is, and what stops or starts it. */
export function ScanProgress({ status }: { readonly status: DuplicateStatus }) {
  const { dedupe } = useReplica().services
  const isRunning = status.state === 'scanning'
  // What it comes to is told by a notice.
  const toggle = (): void => void (isRunning ? dedupe.stopScan() : dedupe.scan()).catch(() => undefined)
  return (
    <div className={classes.scan}>
      <span className={classes.scanText}>{textOf(status)}</span>
      {isRunning && status.total > 0 ? (
        <Progress
          className={classes.bar ?? ''}
          size="xs"
          value={(100 * status.done) / status.total}
          aria-label={words.scanning(0, 0)}
        />
      ) : null}
      {status.state === 'waiting' ? null : (
        <Button variant="default" size="compact-xs" onClick={toggle}>
          {isRunning ? words.stop : words.scan}
        </Button>
      )}
    </div>
  )
}

function textOf({ state, done, total, scannedAt }: DuplicateStatus): string {
  if (state === 'scanning') return words.scanning(done, total)
  if (state === 'stopped') return words.stopped
  return scannedAt === null ? words.waiting : words.scannedAt(formatWhen(scannedAt))
}
