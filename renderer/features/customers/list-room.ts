import { type RefObject, useLayoutEffect, useState } from 'react'

/** Pixels of a row that are no column: its padding, and what it is chosen by. */
const NO_COLUMN_PX = 12 + 30

/** Pixels that the columns of the list have, kept up to date. */
export function useListRoom(scroller: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = (): void => setRoom(element.clientWidth - NO_COLUMN_PX)
    // Before the first frame: a list that puts its columns in order while one looks is no good.
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return room
}
