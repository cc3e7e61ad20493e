import { Button, Progress } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { spoken } from '../../texts/spoken.ts'
import type { Importer, ImportFlow } from './import-flow.ts'
import classes from './import-page.module.css'

const words = strings.import

/** The rows being written: one may pause, go on and stop; what was written stays. */
export function ImportRunning({
  flow,
  importer,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'running' }>
  readonly importer: Importer
}) {
  const { progress, isStopping } = flow
  const { done, rows, state } = progress
  const text = words.running(done, rows)
  return (
    <>
      {state === 'failed' ? (
        <Problem text={spoken(progress.error?.message ?? words.unexpected)} />
      ) : (
        <p className={classes.lead} role="status">
          {state === 'paused' ? words.paused : words.runningLead}
        </p>
      )}
      <Progress value={rows === 0 ? 0 : (done / rows) * 100} size={10} aria-label={text} transitionDuration={0} />
      <div className={classes.foot}>
        <strong>{text}</strong>
        <BusyButton variant="default" isBusy={isStopping} onClick={() => void importer.stop()}>
          {isStopping ? words.cancelling : words.cancel}
        </BusyButton>
        {state === 'running' ? (
          <Button variant="default" onClick={() => void importer.pause()} disabled={isStopping}>
            {words.pause}
          </Button>
        ) : (
          <Button onClick={() => void importer.resume()}>{words.goOn}</Button>
        )}
      </div>
    </>
  )
}
