import type { ImportKind, ImportSummary } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import classes from './share-bar.module.css'

const words = strings.import

/** All rows of the file by what they are found to be; the parts add up to the total. Each shows its rows. */
export function RehearsalBar({
  summary,
  shown,
  onShow,
}: {
  readonly summary: ImportSummary
  readonly shown: ImportKind | null
  readonly onShow: (kind: ImportKind | null) => void
}) {
  const parts = summary.kinds.filter(({ rows }) => rows > 0)
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {parts.map(({ kind, rows }) => (
          <i key={kind} className={classes[kind]} style={{ flexGrow: rows, flexBasis: 3 }} />
        ))}
      </div>
      <ul className={classes.numbers}>
        {parts.map(({ kind, rows }) => (
          <li key={kind}>
            <button
              type="button"
              className={cx(classes.part, shown === kind && classes.on)}
              aria-pressed={shown === kind}
              onClick={() => onShow(shown === kind ? null : kind)}
            >
              <strong className={cx(kind === 'invalid' && classes.bad)}>{formatCount(rows)}</strong>{' '}
              <span className={classes.label}>
                <i className={cx(classes.dot, classes[kind])} />
                {words.kinds[kind]}
              </span>
            </button>
          </li>
        ))}
        <li className={classes.total}>
          <button
            type="button"
            className={cx(classes.part, shown === null && classes.on)}
            aria-pressed={shown === null}
            onClick={() => onShow(null)}
          >
            <strong>{formatCount(summary.rows)}</strong> <span className={classes.label}>{words.total}</span>
          </button>
        </li>
      </ul>
    </>
  )
}
