import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { strings } from '../../app/strings.ts'
import { useClosing } from '../../hooks/use-closing.ts'
import { densityStore } from '../../hooks/use-density.ts'
import { useListLayout } from '../../hooks/use-list-layout.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import {
  INITIAL_LAYOUT,
  LIST_COLUMNS,
  type ListColumn,
  withColumnMoved,
  withColumnToggled,
} from '../../lib/list-columns.ts'
import { WITHIN_WINDOW } from '../../lib/within-window.ts'
import classes from './list-columns-button.module.css'
import toolbar from './list-toolbar.module.css'

const words = strings.listTools.columns

/** Which columns show, in which order, and how tall the rows are. */
export function ListColumnsButton() {
  const [isOpen, setIsOpen] = useState(false)
  useClosing(isOpen, () => setIsOpen(false))
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      middlewares={WITHIN_WINDOW}
    >
      <Popover.Target>
        <button
          type="button"
          className={cx(toolbar.chip)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {words.open}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.title} className={classes.dropdown ?? ''}>
        <ColumnChoices />
      </Popover.Dropdown>
    </Popover>
  )
}

function ColumnChoices() {
  const [layout, change] = useListLayout()
  const density = useStore(densityStore)
  const { columns } = layout
  const others = LIST_COLUMNS.filter((column) => !columns.includes(column))
  return (
    <div className={classes.choices}>
      <ul>
        {[...columns, ...others].map((column) => (
          <li key={column} className={classes.line}>
            <Checkbox
              label={words.names[column]}
              checked={columns.includes(column)}
              onChange={() => change((before) => withColumnToggled(before, column))}
            />
            {columns.includes(column) ? (
              <MoveButtons column={column} isFirst={columns[0] === column} isLast={columns.at(-1) === column} />
            ) : null}
          </li>
        ))}
      </ul>
      <SegmentedControl
        aria-label={words.density}
        value={density}
        onChange={(next) => densityStore.set(next === 'compact' ? 'compact' : 'comfortable')}
        data={(['comfortable', 'compact'] as const).map((one) => ({ value: one, label: words.densities[one] }))}
      />
      <Button variant="default" onClick={() => change(() => INITIAL_LAYOUT)}>
        {words.reset}
      </Button>
    </div>
  )
}

function MoveButtons({
  column,
  isFirst,
  isLast,
}: {
  readonly column: ListColumn
  readonly isFirst: boolean
  readonly isLast: boolean
}) {
  const [, change] = useListLayout()
  const name = words.names[column]
  return (
    <span className={classes.moves}>
      <button
        type="button"
        className={classes.move}
        aria-label={words.up(name)}
        aria-disabled={isFirst}
        onClick={() => change((before) => withColumnMoved(before, column, -1))}
      >
        ↑
      </button>
      <button
        type="button"
        className={classes.move}
        aria-label={words.down(name)}
        aria-disabled={isLast}
        onClick={() => change((before) => withColumnMoved(before, column, 1))}
      >
        ↓
      </button>
    </span>
  )
}
