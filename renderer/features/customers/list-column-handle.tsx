// biome-ignore-all lint/a11y/useSemanticElements: a line between paragraphs can't be moved.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { strings } from '../../app/strings.ts'
import { useListLayout } from '../../hooks/use-list-layout.ts'
import { type SizedColumn, widthLimits, withColumnWidth } from '../../lib/list-columns.ts'
import classes from './customer-list.module.css'

const words = strings.listTools.columns
/** Pixels of a press of an arrow key; with Shift. */
const STEP = 8
const BIG_STEP = 40

/** The end of a column's header: dragged, or moved with the arrow keys, it sets the width; a double click gives it up. */
export function ListColumnHandle({ column }: { readonly column: SizedColumn }) {
  const [layout, change] = useListLayout()
  const { least, most } = widthLimits(column)
  const handle = useRef<HTMLButtonElement>(null)
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null)

  const widthNow = (): number => handle.current?.parentElement?.getBoundingClientRect().width ?? 0
  const setWidth = (pixels: number | null): void => change((before) => withColumnWidth(before, column, pixels))
  /** Pixels towards the end of the line: to the left where one reads from the right. */
  const forward = (pixels: number): number =>
    handle.current !== null && getComputedStyle(handle.current).direction === 'rtl' ? -pixels : pixels

  function onPointerDown(event: PointerEvent<HTMLButtonElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width: widthNow() }
  }

  function onPointerMove(event: PointerEvent): void {
    if (drag.current !== null) setWidth(drag.current.width + forward(event.clientX - drag.current.x))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? BIG_STEP : STEP
    if (event.key === 'ArrowRight') setWidth(widthNow() + forward(step))
    else if (event.key === 'ArrowLeft') setWidth(widthNow() - forward(step))
    else if (event.key === 'Enter') setWidth(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <button
      ref={handle}
      type="button"
      role="separator"
      aria-orientation="vertical"
      aria-label={words.width(words.names[column])}
      aria-valuemin={least}
      aria-valuemax={most}
      // Without a width of its own a column takes its share of the room.
      aria-valuenow={layout.widths[column] ?? least}
      className={classes.handle}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setWidth(null)}
    />
  )
}
