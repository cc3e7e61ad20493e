// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { MarkedText } from '../../components/marked-text.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import type { LastColumn } from '../../lib/list-state.ts'
import classes from './customer-card.module.css'
import { LastValue, RowDots } from './customer-table-row.tsx'

/** One customer of the list on a phone: name, one line of contact, badge, last seen. */
export const CustomerCard = memo(function CustomerCard({
  row,
  last,
}: {
  readonly row: CustomerRow
  readonly last: LastColumn
}) {
  const ranges = row.match?.ranges
  return (
    <div role="gridcell" className={classes.card}>
      <div className={classes.line}>
        <RowDots row={row} />
        <span className={classes.name}>
          <MarkedText text={row.name} ranges={ranges?.name} />
        </span>
        <span className={classes.when}>
          <LastValue row={row} last={last} />
        </span>
      </div>
      <div className={classes.line}>
        <span className={classes.contact}>
          <Contact row={row} />
        </span>
        <SourceBadge source={row.source} />
      </div>
    </div>
  )
})

/** The field that matched the search, else the first one that is there. */
function Contact({ row }: { readonly row: CustomerRow }) {
  const fields = ['email', 'phone', 'address'] as const
  const ranges = row.match?.ranges
  const field =
    fields.find((name) => row[name] !== null && (ranges?.[name]?.length ?? 0) > 0) ??
    fields.find((name) => row[name] !== null)
  if (field === undefined) return row.match?.why ?? ''
  return <MarkedText text={row[field] ?? ''} ranges={ranges?.[field]} />
}
