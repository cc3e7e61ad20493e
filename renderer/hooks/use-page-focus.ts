import { type RefObject, useEffect, useRef } from 'react'

/**
 * Puts the focus on a page's heading when the page opens, so that keyboard and screen reader start
 * there; and again when `key` changes and what had the focus is gone (an item was settled). Typing
 * in a field (the search stays open across pages) is never interrupted.
 */
export function usePageFocus(key?: number | string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const isOpened = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says that the page has changed.
  useEffect(() => {
    const focused = document.activeElement
    const isTyping = focused instanceof HTMLElement && focused.matches('input, textarea')
    const isGone = focused === null || focused === document.body
    if (isOpened.current ? isGone : !isTyping) heading.current?.focus({ preventScroll: true })
    isOpened.current = true
  }, [key])
  return heading
}
