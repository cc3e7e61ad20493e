import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import { useReplica } from '../../hooks/use-replica.ts'

/** How long scrolling rests before the place is remembered. */
const REMEMBER_MS = 150

/** Remembers how far the list is scrolled, over navigation and restart. */
export function useRememberedPlace(
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
): void {
  const { list } = useReplica()
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let scrollTop = element.scrollTop
    const remember = (): void => {
      clearTimeout(timer)
      if (list.get().scrollTop !== scrollTop) list.set({ ...list.get(), scrollTop })
    }
    const onScroll = (): void => {
      // Asking the element after new rows would lay them out at once, once more than needed.
      scrollTop = virtualizer.scrollOffset ?? 0
      clearTimeout(timer)
      timer = setTimeout(remember, REMEMBER_MS)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('pagehide', remember)
    return () => {
      // Whoever leaves in the middle of scrolling comes back to the same place.
      remember()
      element.removeEventListener('scroll', onScroll)
      window.removeEventListener('pagehide', remember)
    }
  }, [scroller, list, virtualizer])
}
