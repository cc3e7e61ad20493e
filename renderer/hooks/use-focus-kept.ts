import { useEffect } from 'react'

/** As long as dialogs take to give the focus back to where they were opened. */
const SETTLE_MS = 50
/** Who takes the focus: what is open over the page, the list, whose keys then work, else the heading of the page. */
const TAKERS = ['[role="dialog"]', '#customer-list', 'main h1[tabindex]', 'main'] as const
/** Marks the page while it has the focus only until somebody else wants it. */
export const STANDS_IN = 'data-stands-in'

/**
 * Where what has the focus leaves the page (it was settled, undone, made) or can't be pressed any more, and nobody
 * takes over, the focus is not lost.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: EventTarget | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const isGone = (): boolean => last instanceof Element && (!last.isConnected || last.matches(':disabled'))
    const note = ({ target }: FocusEvent): void => {
      last = target
    }
    const giveWhereLost = (): void => {
      if (document.activeElement !== document.body) return
      // Of dialogs the last is on top.
      const taker = TAKERS.flatMap((place) => [...document.querySelectorAll<HTMLElement>(place)].at(-1) ?? [])[0]
      taker?.focus({ preventScroll: true })
      if (taker?.matches('main') !== true) return
      taker.toggleAttribute(STANDS_IN, true)
      taker.addEventListener('blur', () => taker.removeAttribute(STANDS_IN), { once: true })
    }
    const keep = (): void => {
      timer = undefined
      if (isGone()) giveWhereLost()
    }
    // What one signed in with has just gone.
    giveWhereLost()
    const observer = new MutationObserver(() => {
      // Whether a disabled one has lost the focus, the browser finds out later.
      if (!isGone()) return
      // Counted from when it went: a page that goes on changing would put it off.
      timer ??= setTimeout(keep, SETTLE_MS)
    })
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    document.addEventListener('focusin', note)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', note)
    }
  }, [])
}
