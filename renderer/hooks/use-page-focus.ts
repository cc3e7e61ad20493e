import { type RefObject, useEffect, useRef } from 'react'

/**
 * Puts the focus on a page's heading when the page opens, so that keyboard and screen reader start
 * there. Typing in a field (the search stays open across pages) is never interrupted.
 */
export function usePageFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement && focused.matches('input, textarea')) return
    heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}
