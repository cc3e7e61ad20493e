// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { MarkedText } from '../../components/marked-text.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { cx } from '../../lib/cx.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './customer-card.module.css'
import { ColumnValue, DuplicateBadge, RowDots } from './customer-table-row.tsx'
import type { CardColumn } from './list-row.tsx'

const words = strings.listTools.row

/** One customer of the list on a phone: name, one line of contact, badge, last seen. */
export const CustomerCard = memo(function CustomerCard({
  row,
  last,
  isChosen,
}: {
  readonly row: CustomerRow
  readonly last: CardColumn
  readonly isChosen: boolean
}) {
  const ranges = row.match?.ranges
  return (
    <div role="gridcell" className={classes.card} data-card="">
      <div className={classes.texts}>
        <div className={classes.line}>
          <RowDots row={row} />
          {isChosen ? <span className={classes.tick} aria-hidden="true" /> : null}
          <span className={classes.name}>
            <MarkedText text={row.name} ranges={ranges?.name} />
          </span>
          {row.duplicate ? <DuplicateBadge /> : null}
          <span className={classes.when}>
            <ColumnValue row={row} column={last} />
          </span>
        </div>
        <div className={classes.line}>
          <span className={classes.contact}>
            <Contact row={row} />
          </span>
          {row.conversationCount === 0 || last === 'conversations' ? null : (
            <span className={classes.when}>{words.chats(row.conversationCount)}</span>
          )}
          <SourceBadge source={row.source} />
        </div>
      </div>
      <button
        type="button"
        tabIndex={-1}
        className={cx(classes.more)}
        aria-label={words.actionsFor(row.name)}
        data-menu=""
      >
        ⋯
      </button>
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
  if (field === undefined) return spoken(row.match?.why ?? '')
  return <ColumnValue row={row} column={field} />
}
