// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the grid roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { memo } from 'react'
import type { SortBy } from '#shared/domain/saved-list.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import type { ListColumn, SizedColumn } from '../../lib/list-columns.ts'
import { effectiveSort, withSortToggled } from '../../lib/list-state.ts'
import classes from './customer-list.module.css'
import { ListColumnHandle } from './list-column-handle.tsx'
import { useChosen } from './use-chosen.tsx'

const words = strings.listTools
const SORTS: Readonly<Partial<Record<SizedColumn, SortBy>>> = {
  name: 'name',
  conversations: 'conversations',
  lastSeen: 'lastSeen',
  created: 'created',
  changed: 'changed',
}

/** Column headers; those that can sort are buttons, and each ends in a handle for its width. */
export const ListHeader = memo(function ListHeader({ columns }: { readonly columns: readonly ListColumn[] }) {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        <ChooseAll />
        {(['name', ...columns] as const).map((column) => (
          <ColumnHeader key={column} column={column} />
        ))}
      </div>
    </div>
  )
})

function ColumnHeader({ column }: { readonly column: SizedColumn }) {
  const { list } = useReplica()
  const sort = useStore(list, effectiveSort)
  const sortBy = SORTS[column]
  const name = words.columns.names[column]
  const direction = sortBy !== undefined && sort.by === sortBy ? sort.direction : null
  return (
    <span
      role="columnheader"
      {...(sortBy === undefined
        ? {}
        : { 'aria-sort': direction === null ? 'none' : direction === 'asc' ? 'ascending' : 'descending' })}
      className={cx(classes.cell, classes.columnHeader)}
    >
      {sortBy === undefined ? (
        name
      ) : (
        <button
          type="button"
          className={cx(classes.sort, direction !== null && classes.sorted)}
          title={strings.list.sortBy(name)}
          onClick={() => list.set(withSortToggled(list.get(), sortBy))}
        >
          {name}
          <span aria-hidden="true">{direction === null ? '' : direction === 'asc' ? ' ↑' : ' ↓'}</span>
        </button>
      )}
      <ListColumnHandle column={column} />
    </span>
  )
}

/** Ticked: everybody whom the list finds; half: some of them. Who is chosen elsewhere ticks nothing here. */
function ChooseAll() {
  const { picker, rows } = useReplica()
  const { total } = useStore(rows)
  const { count, listed } = useChosen()
  const isAll = total > 0 && listed === total
  const isSome = count > 0 && listed !== 0
  return (
    <span role="columnheader" className={classes.pick}>
      <input
        type="checkbox"
        className={cx(classes.box, isSome && classes.boxOn)}
        aria-label={words.row.selectAll}
        checked={isAll}
        ref={(input) => {
          if (input !== null) input.indeterminate = isSome && !isAll
        }}
        onChange={() => (isAll ? picker.clear() : picker.chooseAll())}
      />
    </span>
  )
}
