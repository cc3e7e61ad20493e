import { Button, Progress } from '@mantine/core'
import { strings } from '../../app/strings.ts'
import classes from './import-page.module.css'

const words = strings.import

/** The rehearsal under way. */
export function Judging({
  done,
  rows,
  onStop,
}: {
  readonly done: number
  readonly rows: number
  readonly onStop: () => void
}) {
  const text = words.judged(done, rows)
  return (
    <>
      <p className={classes.lead}>{words.judging}</p>
      <Progress value={rows === 0 ? 0 : (done / rows) * 100} size={10} aria-label={text} transitionDuration={0} />
      <div className={classes.foot}>
        <strong>{text}</strong>
        <Button variant="default" onClick={onStop}>
          {words.stop}
        </Button>
      </div>
    </>
  )
}
