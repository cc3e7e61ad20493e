import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'

/** Two leaps that far apart are two jumps (End, a click beside the scroll bar), not a flight. */
const LEAPS_MS = 100

/**
 * Whether the list is scrolled by more than a screen from frame to frame, as when the scroll bar is
 * dragged through a long list. No row is then seen for longer than a frame, so making rows would cost
 * the frames and show nobody anything. A single jump is no flight: its rows show at once.
 */
export function useIsFlying(virtualizer: Virtualizer<HTMLDivElement, Element>): boolean {
  const [isFlying, setFlying] = useState(false)
  useEffect(() => {
    const element = virtualizer.scrollElement
    if (element === null) return
    let top = virtualizer.scrollOffset ?? 0
    let leaptAt = Number.NEGATIVE_INFINITY
    let landing: ReturnType<typeof setTimeout> | undefined
    const onScroll = (): void => {
      // Not from the element: after new rows it would have to lay them out first to say it.
      const now = virtualizer.scrollOffset ?? 0
      const isLeap = Math.abs(now - top) > (virtualizer.scrollRect?.height ?? 0)
      top = now
      if (!isLeap) return
      const at = performance.now()
      if (at - leaptAt < LEAPS_MS) setFlying(true)
      leaptAt = at
      clearTimeout(landing)
      landing = setTimeout(() => setFlying(false), LEAPS_MS)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(landing)
      element.removeEventListener('scroll', onScroll)
    }
  }, [virtualizer])
  return isFlying
}
