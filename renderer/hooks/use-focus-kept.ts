import { useEffect } from 'react'

/** As long as dialogs take to give the focus back to where they were opened. */
const SETTLE_MS = 50
/** Who takes the focus: the list, whose keys then work, else the heading of the page. */
const TAKERS = ['#customer-list', 'main h1[tabindex]', 'main'] as const

/** Where what has the focus leaves the page (it was settled, undone, made) and nobody takes over, the focus is not lost. */
export function useFocusKept(): void {
  useEffect(() => {
    let last: EventTarget | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const isLost = (): boolean =>
      document.activeElement === document.body && last instanceof Element && !last.isConnected
    const note = ({ target }: FocusEvent): void => {
      last = target
    }
    const keep = (): void => {
      if (!isLost()) return
      const taker = TAKERS.flatMap((place) => document.querySelector<HTMLElement>(place) ?? [])[0]
      taker?.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(() => {
      if (!isLost()) return
      clearTimeout(timer)
      timer = setTimeout(keep, SETTLE_MS)
    })
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', note)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
      document.removeEventListener('focusin', note)
    }
  }, [])
}
