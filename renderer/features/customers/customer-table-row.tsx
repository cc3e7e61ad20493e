// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { MarkedText } from '../../components/marked-text.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { ownerName } from '../../lib/filter-text.ts'
import { formatCount, formatMoment, formatWhen } from '../../lib/format.ts'
import type { ListColumn } from '../../lib/list-columns.ts'
import { tagsText } from '../../lib/list-tags.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './customer-list.module.css'

/** The cells of one row of the table: the name, and the columns that show. */
export const CustomerTableRow = memo(function CustomerTableRow({
  row,
  columns,
}: {
  readonly row: CustomerRow
  readonly columns: readonly ListColumn[]
}) {
  return (
    <>
      <Cell className={cx(classes.name)}>
        <RowDots row={row} />
        <span className={classes.who}>
          <MarkedText text={row.name} ranges={row.match?.ranges.name} />
        </span>
        {row.match?.why == null ? null : <span className={classes.why}>{spoken(row.match.why)}</span>}
        {row.duplicate ? <DuplicateBadge /> : null}
      </Cell>
      {columns.map((column) => (
        <Cell key={column} className={cx(classes.dim)}>
          <ColumnValue row={row} column={column} />
        </Cell>
      ))}
    </>
  )
})

/** What a column says about a customer. */
export function ColumnValue({ row, column }: { readonly row: CustomerRow; readonly column: ListColumn }) {
  switch (column) {
    case 'phone':
      return <MarkedText text={row.phoneText ?? ''} ranges={row.match?.ranges.phone} />
    case 'tags':
      return <MarkedText {...tagsText(row.tags, row.match?.ranges.tags)} />
    case 'owner':
      return <OwnerName ownerId={row.ownerId} />
    case 'source':
      return <SourceBadge source={row.source} />
    case 'conversations':
      return row.conversationCount === 0 ? null : formatCount(row.conversationCount)
    case 'lastSeen':
      return <Moment at={row.lastSeenAt} />
    case 'created':
      return <Moment at={row.createdAt} />
    case 'changed':
      return <Moment at={row.updatedAt} />
    default:
      return <MarkedText text={row[column] ?? ''} ranges={row.match?.ranges[column]} />
  }
}

function Moment({ at }: { readonly at: string | null }) {
  if (at === null) return null
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatWhen(at)}
    </time>
  )
}

function OwnerName({ ownerId }: { readonly ownerId: string | null }) {
  const { members } = useSignedIn().workspace
  return ownerId === null ? null : ownerName(ownerId, members)
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

/** Somebody else may be the same person: the duplicates inbox knows whom. */
export function DuplicateBadge() {
  const words = strings.listTools.row
  return (
    <span className={classes.duplicate} title={words.duplicateTitle}>
      {words.duplicate}
    </span>
  )
}
