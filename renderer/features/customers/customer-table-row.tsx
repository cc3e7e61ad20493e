// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { MarkedText } from '../../components/marked-text.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { cx } from '../../lib/cx.ts'
import { formatCount, formatMoment, formatWhen } from '../../lib/format.ts'
import type { LastColumn } from '../../lib/list-state.ts'
import classes from './customer-list.module.css'

/** The cells of one row of the table. */
export const CustomerTableRow = memo(function CustomerTableRow({
  row,
  last,
}: {
  readonly row: CustomerRow
  readonly last: LastColumn
}) {
  const ranges = row.match?.ranges
  return (
    <>
      <Cell className={cx(classes.name)}>
        <RowDots row={row} />
        <span className={classes.who}>
          <MarkedText text={row.name} ranges={ranges?.name} />
        </span>
        {row.match?.why == null ? null : <span className={classes.why}>{row.match.why}</span>}
      </Cell>
      <Cell className={cx(classes.email, classes.dim)}>
        <MarkedText text={row.email ?? ''} ranges={ranges?.email} />
      </Cell>
      <Cell className={cx(classes.phone, classes.dim)}>
        <MarkedText text={row.phone ?? ''} ranges={ranges?.phone} />
      </Cell>
      <Cell className={cx(classes.address, classes.dim)}>
        <MarkedText text={row.address ?? ''} ranges={ranges?.address} />
      </Cell>
      <Cell className={cx(classes.source)}>
        <SourceBadge source={row.source} />
      </Cell>
      <Cell className={cx(classes.last, classes.dim)}>
        <LastValue row={row} last={last} />
      </Cell>
    </>
  )
})

const MOMENTS = { lastSeen: 'lastSeenAt', created: 'createdAt', changed: 'updatedAt' } as const

/** What the list is sorted by, else when the customer was last seen. */
export function LastValue({ row, last }: { readonly row: CustomerRow; readonly last: LastColumn }) {
  if (last === 'conversations') return formatCount(row.conversationCount)
  const moment = row[MOMENTS[last]]
  if (moment === null) return null
  return (
    <time dateTime={moment} title={formatMoment(moment)}>
      {formatWhen(moment)}
    </time>
  )
}

function Cell({ className, children }: { readonly className: string; readonly children: React.ReactNode }) {
  return (
    <span role="gridcell" className={cx(classes.cell, className)}>
      {children}
    </span>
  )
}

/** Amber: a change waits to be sent. Red: it needs a person. */
export function RowDots({ row }: { readonly row: CustomerRow }) {
  if (row.attention) return <StatusDot tone="wrong" label={strings.list.attention} />
  if (row.waiting) return <StatusDot tone="waiting" label={strings.list.waiting} />
  return null
}
