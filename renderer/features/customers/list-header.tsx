// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import type { SortBy } from '#shared/domain/saved-list.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { effectiveSort, type LastColumn, lastColumn, withSortToggled } from '../../lib/list-state.ts'
import classes from './customer-list.module.css'

const words = strings.list

const COLUMNS = [
  { key: 'name', sortBy: 'name' },
  { key: 'email', sortBy: null },
  { key: 'phone', sortBy: null },
  { key: 'address', sortBy: null },
  { key: 'source', sortBy: null },
] as const

/** Column headers; those that can sort are buttons. */
export function ListHeader() {
  const last = lastColumn(useStore(useReplica().list))
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {COLUMNS.map(({ key, sortBy }) =>
          sortBy === null ? (
            <span key={key} role="columnheader" className={cx(classes.cell, classes[key])}>
              {words.columns[key]}
            </span>
          ) : (
            <SortHeader key={key} column={key} sortBy={sortBy} />
          ),
        )}
        <SortHeader column={last} sortBy={last} />
      </div>
    </div>
  )
}

function SortHeader({ column, sortBy }: { readonly column: 'name' | LastColumn; readonly sortBy: SortBy }) {
  const { list } = useReplica()
  const sort = effectiveSort(useStore(list))
  const direction = sort.by === sortBy ? sort.direction : null
  const ariaSort = direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending'
  return (
    <span
      role="columnheader"
      aria-sort={ariaSort}
      className={cx(classes.cell, classes[column === 'name' ? 'name' : 'last'])}
    >
      <button
        type="button"
        className={cx(classes.sort, direction !== null && classes.sorted)}
        title={words.sortBy(words.columns[column])}
        onClick={() => list.set(withSortToggled(list.get(), sortBy))}
      >
        {words.columns[column]}
        <span aria-hidden="true">{direction === null ? '' : direction === 'asc' ? ' ↑' : ' ↓'}</span>
      </button>
    </span>
  )
}
