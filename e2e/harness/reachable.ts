import type { Page } from '@playwright/test'

/** What stands out of the window, or can't be brought into it and pressed, on the page as it is: empty where all is well. */
export function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth, innerHeight } = window
    const dialogs = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].filter((one) =>
      one.checkVisibility(),
    )
    const topmost = dialogs.at(-1) ?? document.body
    const named = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}”`
    /** Boxes that cut off what stands out of them. */
    const cuttersOf = (element: Element): Element[] => {
      if (getComputedStyle(element).position === 'fixed' || element.parentElement === null) return []
      const { parentElement: box } = element
      const { overflowX, overflowY } = getComputedStyle(box)
      const cuts = overflowX !== 'visible' || overflowY !== 'visible'
      return [...(cuts ? [box] : []), ...cuttersOf(box)]
    }
    /** The middle of the part of it that is not cut off; of text that wraps, of its first line. */
    const shownOf = (element: Element): { readonly x: number; readonly y: number } | null => {
      let { left, right, top, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect()
      for (const box of [
        ...cuttersOf(element).map((one) => one.getBoundingClientRect()),
        new DOMRect(0, 0, innerWidth, innerHeight),
      ]) {
        left = Math.max(left, box.left)
        right = Math.min(right, box.right)
        top = Math.max(top, box.top)
        bottom = Math.min(bottom, box.bottom)
      }
      return right - left <= 1 || bottom - top <= 1 ? null : { x: (left + right) / 2, y: (top + bottom) / 2 }
    }
    const found: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`)

    for (const control of topmost.querySelectorAll(
      'button, a[href], input, select, textarea, [role="tab"], [role="menuitem"]',
    )) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue
      // The way to the content shows as soon as one comes to it.
      if (control.getBoundingClientRect().bottom < 0 && control.matches('body > #root > * > button')) continue
      const unscrollable = cuttersOf(control).map((box) => [box, box.scrollLeft, box.scrollTop] as const)
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      // Nobody but a script scrolls these.
      for (const [box, x, y] of unscrollable) {
        const { overflowX, overflowY } = getComputedStyle(box)
        if (overflowX === 'hidden') box.scrollLeft = x
        if (overflowY === 'hidden') box.scrollTop = y
      }
      const { left, right, width, height } = control.getBoundingClientRect()
      // Rows that a virtual list let go, and what only screen readers see.
      if (!control.isConnected || width <= 1 || height <= 1) continue
      if (left < -1 || right > innerWidth + 1) {
        found.push(`${named(control)} reaches from ${Math.round(left)} to ${Math.round(right)} px`)
        continue
      }
      // What is really disabled takes no press.
      if (getComputedStyle(control).pointerEvents === 'none' || control.matches(':disabled')) continue
      const shown = shownOf(control)
      const hit = shown === null ? null : document.elementFromPoint(shown.x, shown.y)
      const label = control.closest('label') ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`)
      // Messages go, and suggestions close with Escape.
      const floats = hit?.closest('.mantine-Notification-root, [data-position]:has([role="listbox"])') != null
      const isItself = hit !== null && (control.contains(hit) || label?.contains(hit) === true)
      if (!isItself && !floats)
        found.push(`${named(control)} ${hit === null ? 'is cut off' : `lies below ${named(hit)}`}`)
    }
    return found
  })
}
