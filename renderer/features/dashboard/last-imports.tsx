import { Link } from 'wouter'
import type { ImportHistoryEntry } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount, formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import classes from './dashboard.module.css'

const words = strings.dashboard
const SHOWN = 10
const OUTCOMES = ['created', 'updated', 'skipped', 'invalid'] as const

/** What became of the rows of the last imports. */
export function LastImports({ imports }: { readonly imports: readonly ImportHistoryEntry[] }) {
  if (imports.length === 0) return <p className={classes.quiet}>{words.importsNone}</p>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.importHead.file}</th>
          <th scope="col" className={classes.wide}>
            {words.importHead.when}
          </th>
          {OUTCOMES.map((outcome) => (
            <th key={outcome} scope="col" className={classes.number} data-outcome={outcome}>
              {words.importHead[outcome]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {imports.slice(0, SHOWN).map((entry) => (
          <tr key={entry.importId}>
            <th scope="row">
              <Link href={routes.import} className={classes.link}>
                {entry.fileName}
              </Link>
              {entry.undoneAt === null ? null : <span className={classes.quiet}> {words.undone}</span>}
              <OutcomeBar entry={entry} />
            </th>
            <td className={classes.wide} title={formatMoment(entry.at)}>
              {formatWhen(entry.at)}
            </td>
            {OUTCOMES.map((outcome) => (
              <td key={outcome} className={cx(classes.number, entry[outcome] === 0 && classes.none)}>
                {formatCount(entry[outcome])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The outcomes side by side, as the columns beside it say in figures. */
function OutcomeBar({ entry }: { readonly entry: ImportHistoryEntry }) {
  return (
    <span className={classes.outcomes} aria-hidden="true">
      {OUTCOMES.map((outcome) => (
        <span key={outcome} data-outcome={outcome} style={{ flexGrow: entry[outcome] }} />
      ))}
    </span>
  )
}
