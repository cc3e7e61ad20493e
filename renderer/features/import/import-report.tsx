import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import type { ImportProgress } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import classes from './import-report.module.css'

const words = strings.import

/** What became of every row: the parts add up to the rows of the file. */
export function ImportReport({
  progress,
  onAnother,
}: {
  readonly progress: ImportProgress
  readonly onAnother: () => void
}) {
  const [, navigate] = useLocation()
  const untouched = Math.max(0, progress.rows - progress.created - progress.invalid)
  const parts = [
    { key: 'created', count: progress.created, label: words.created },
    { key: 'invalid', count: progress.invalid, label: words.invalid },
    ...(untouched === 0 ? [] : [{ key: 'untouched', count: untouched, label: words.untouched }]),
  ]
  return (
    <>
      {progress.state === 'failed' ? (
        <Notice tone="bad">{progress.error?.message ?? words.unexpected}</Notice>
      ) : progress.state === 'cancelled' ? (
        <p className={classes.lead}>{words.cancelledLead(progress.created)}</p>
      ) : null}
      <div className={classes.bar} aria-hidden="true">
        {parts.map((part) =>
          part.count === 0 ? null : (
            <i key={part.key} className={classes[part.key]} style={{ flexGrow: part.count, flexBasis: 3 }} />
          ),
        )}
      </div>
      <dl className={classes.numbers}>
        {parts.map((part) => (
          <div key={part.key}>
            <dt>{part.label}</dt>
            <dd className={cx(part.key === 'invalid' && part.count > 0 && classes.bad)}>{formatCount(part.count)}</dd>
          </div>
        ))}
        <div className={classes.total}>
          <dt>{words.total}</dt>
          <dd>{formatCount(progress.rows)}</dd>
        </div>
      </dl>
      {progress.problems.length === 0 ? null : <Problems progress={progress} />}
      <div className={classes.foot}>
        <Button variant="default" onClick={onAnother}>
          {words.another}
        </Button>
        <Button
          onClick={() => {
            onAnother()
            navigate(routes.customers)
          }}
        >
          {words.showCustomers}
        </Button>
      </div>
    </>
  )
}

function Problems({ progress }: { readonly progress: ImportProgress }) {
  return (
    <section className={classes.problems} aria-label={words.problems}>
      <h2>{words.problems}</h2>
      {progress.problems.length < progress.invalid ? (
        <p className={classes.lead}>{words.problemsMore(progress.problems.length, progress.invalid)}</p>
      ) : null}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.reason}</th>
          </tr>
        </thead>
        <tbody>
          {progress.problems.map((problem) => (
            <tr key={problem.row}>
              <td>{formatCount(problem.row)}</td>
              <td>{problem.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
