import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { FieldValue } from '../../components/field-value.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { cx } from '../../lib/cx.ts'
import { formatWhen } from '../../lib/format.ts'
import { isTaken, mergeRows } from '../../lib/merge-draft.ts'
import { isNothing } from '../../lib/value-text.ts'
import classes from './duplicates-page.module.css'

const words = strings.merge
/** More of them side by side can't be read: the others are counted. */
const SHOWN = 4

/** The members side by side, and what the suggested merge makes of them. Fields that all leave empty are left out. */
export function GroupTable({ group }: { readonly group: DuplicateGroup }) {
  const customers = group.members.slice(0, SHOWN)
  const rows = mergeRows(group.members, group.suggestion).filter(({ value, differs }) => differs || !isNothing(value))
  const rest = group.members.length - customers.length
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="for-readers">{words.fields}</span>
            </th>
            {customers.map((customer) => (
              <th key={customer.id} scope="col">
                <SourceBadge source={customer.source} /> {words.since(formatWhen(customer.createdAt))}
                {customer.id === group.suggestion.targetId ? (
                  <span className={classes.stays}> · {words.kept}</span>
                ) : null}
              </th>
            ))}
            <th scope="col" className={classes.result}>
              {words.result}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field} className={cx(!row.differs && classes.same)}>
              <th scope="row">{strings.fields[row.field]}</th>
              {customers.map((customer) => (
                <td key={customer.id} className={cx(row.differs && isTaken(row, customer) && classes.taken)}>
                  <span className={cx(isNothing(customer[row.field]) && classes.quiet)}>
                    <FieldValue field={row.field} value={customer[row.field]} />
                  </span>
                </td>
              ))}
              <td className={classes.result}>
                <span className={cx(isNothing(row.value) && classes.nothing)}>
                  <FieldValue field={row.field} value={row.value} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest === 0 ? null : <p className={classes.quiet}>{strings.duplicates.others(rest)}</p>}
    </>
  )
}
