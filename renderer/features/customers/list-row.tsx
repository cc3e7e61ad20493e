// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import type { ListColumn } from '../../lib/list-columns.ts'
import { CustomerCard } from './customer-card.tsx'
import classes from './customer-list.module.css'
import { CustomerTableRow } from './customer-table-row.tsx'

const words = strings.listTools.row

/** What a card shows at its end: what the list is sorted by, or when the customer was last seen. */
export type CardColumn = Extract<ListColumn, 'conversations' | 'lastSeen' | 'created' | 'changed'>

/** One row of the list in its place: a customer, or a placeholder while they are on the way. */
export const ListRow = memo(function ListRow({
  index,
  top,
  row,
  columns,
  card,
  isAtCursor,
  isChosen,
}: {
  readonly index: number
  /** Pixels from the top of the rows. */
  readonly top: number
  readonly row: CustomerRow | undefined
  readonly columns: readonly ListColumn[]
  /** Not null: cards instead of a table. */
  readonly card: CardColumn | null
  readonly isAtCursor: boolean
  /** Null: nobody is chosen, and acts are about the row at the cursor. */
  readonly isChosen: boolean | null
}) {
  return (
    <div
      id={`customer-${index}`}
      role="row"
      aria-rowindex={index + (card === null ? 2 : 1)}
      aria-selected={isChosen ?? isAtCursor}
      data-customer={row?.id}
      data-index={index}
      className={cx(classes.row, isAtCursor && classes.selected, isChosen === true && classes.chosen)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row === undefined ? (
        <span role="gridcell" className={classes.pending} aria-label={strings.list.loading} />
      ) : card !== null ? (
        <CustomerCard row={row} last={card} isChosen={isChosen === true} />
      ) : (
        <>
          <span role="gridcell" className={classes.pick}>
            <span
              role="checkbox"
              aria-checked={isChosen === true}
              aria-label={words.select}
              data-pick=""
              className={cx(classes.box, classes.tick)}
            />
          </span>
          <CustomerTableRow row={row} columns={columns} />
          <span role="gridcell" className={classes.moreCell}>
            <button
              type="button"
              tabIndex={-1}
              className={classes.more}
              aria-label={words.actionsFor(row.name)}
              data-menu=""
            >
              ⋯
            </button>
          </span>
        </>
      )}
    </div>
  )
})
