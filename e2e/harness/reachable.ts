import type { Page } from '@playwright/test'

/** What stands out of the window, or can't be brought into it and pressed, on the page as it is: empty where all is well. */
export function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth, innerHeight } = window
    const dialogs = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].filter((one) =>
      one.checkVisibility(),
    )
    const top = dialogs.at(-1) ?? document.body
    const named = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}”`
    const found: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`)

    for (const control of top.querySelectorAll(
      'button, a[href], input, select, textarea, [role="tab"], [role="menuitem"]',
    )) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue
      // The way to the content shows as soon as one comes to it.
      if (control.getBoundingClientRect().bottom < 0 && control.matches('body > #root > * > button')) continue
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const { left, right, top: y, bottom, width, height } = control.getBoundingClientRect()
      // Rows that a virtual list let go, and what only screen readers see.
      if (!control.isConnected || width <= 1 || height <= 1) continue
      if (left < -1 || right > innerWidth + 1) {
        found.push(`${named(control)} reaches from ${Math.round(left)} to ${Math.round(right)} px`)
        continue
      }
      const hit = document.elementFromPoint((left + right) / 2, Math.min((y + bottom) / 2, innerHeight - 1))
      const label = control.closest('label') ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`)
      // Messages go, and suggestions close with Escape.
      const floats = hit?.closest('.mantine-Notification-root, [role="listbox"]') != null
      const isItself = hit !== null && (control.contains(hit) || hit.contains(control) || label?.contains(hit) === true)
      if (!isItself && !floats) found.push(`${named(control)} lies below ${hit === null ? 'the window' : named(hit)}`)
    }
    return found
  })
}
