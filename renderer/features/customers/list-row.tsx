// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { strings } from '../../app/strings.ts'
import { cx } from '../../lib/cx.ts'
import type { LastColumn } from '../../lib/list-state.ts'
import { CustomerCard } from './customer-card.tsx'
import classes from './customer-list.module.css'
import { CustomerTableRow } from './customer-table-row.tsx'

/** One row of the list in its place: a customer, or a placeholder while they are on the way. */
export const ListRow = memo(function ListRow({
  index,
  top,
  row,
  last,
  isNarrow,
  isSelected,
}: {
  readonly index: number
  /** Pixels from the top of the rows. */
  readonly top: number
  readonly row: CustomerRow | undefined
  readonly last: LastColumn
  readonly isNarrow: boolean
  readonly isSelected: boolean
}) {
  return (
    <div
      id={`customer-${index}`}
      role="row"
      aria-rowindex={index + (isNarrow ? 1 : 2)}
      aria-selected={isSelected}
      data-customer={row?.id}
      className={cx(classes.row, isSelected && classes.selected)}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row === undefined ? (
        <span role="gridcell" className={classes.pending} aria-label={strings.list.loading} />
      ) : isNarrow ? (
        <CustomerCard row={row} last={last} />
      ) : (
        <CustomerTableRow row={row} last={last} />
      )}
    </div>
  )
})
