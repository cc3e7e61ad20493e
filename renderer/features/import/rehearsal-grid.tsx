// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the table roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: nobody steps through these rows, what is in them has the focus.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { ImportRow } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import type { Importer } from './import-flow.ts'
import classes from './rehearsal-grid.module.css'
import { RehearsalRow } from './rehearsal-row.tsx'
import type { RehearsalRows } from './use-rehearsal-rows.ts'

const words = strings.import
const ROW_PX = 42
const CARD_PX = 148
const OVERSCAN = 6

/** The rows of the rehearsal: only those in view exist. */
export function RehearsalGrid({
  rows,
  importer,
  onFix,
}: {
  readonly rows: RehearsalRows
  readonly importer: Importer
  readonly onFix: (row: ImportRow) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useIsNarrow()
  const rowPx = isNarrow ? CARD_PX : ROW_PX
  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  })
  const items = virtualizer.getVirtualItems()
  const first = items.at(0)?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { need } = rows
  useEffect(() => need(first, last), [need, first, last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size of a row changed, measure again.
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx])

  if (rows.total === 0) return <p className={classes.empty}>{words.noRows}</p>
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label={words.rowsLabel}
      aria-rowcount={rows.total + 1}
      // Long lists must scroll by keyboard, too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region takes the focus.
      tabIndex={0}
    >
      <div className={classes.head} role="row" aria-rowindex={1}>
        <span role="columnheader">{words.row}</span>
        <span role="columnheader">{strings.fields.name}</span>
        <span role="columnheader">{strings.fields.email}</span>
        <span role="columnheader">{strings.fields.phone}</span>
        <span role="columnheader">{words.what}</span>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows.at(index)
          return (
            <div
              key={row === undefined ? `at-${index}` : row.row}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              style={{ transform: `translateY(${start}px)`, height: rowPx }}
            >
              {row === undefined ? null : <RehearsalRow row={row} importer={importer} onFix={onFix} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}
