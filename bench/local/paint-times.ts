import type { Locator, Page } from '@playwright/test'

/** When a page painted, by the browser's own figures, in milliseconds from the start of the navigation. */
export interface PaintTimes {
  /** `PerformancePaintTiming`: the first text or picture. */
  readonly first: number
  /** `PerformanceElementTiming`: the first text of a customer in the list. */
  readonly rows: number
}

const ROW = '[role="row"][data-customer]'

/** The rows of the list that show a customer: not its header, nor a row that waits for its customer. */
export function customerRows(page: Page): Locator {
  return page.locator(ROW)
}

/** Has the browser time the first row of whatever is opened from now on. */
export async function watchPaints(page: Page): Promise<void> {
  await page.addInitScript((selector) => {
    const watch = new MutationObserver(() => {
      const row = document.querySelector(selector)
      if (row === null) return
      watch.disconnect()
      // Before they are painted: the browser times texts whose element is marked so.
      for (const element of row.querySelectorAll('*')) {
        const hasText = [...element.childNodes].some(({ nodeType }) => nodeType === Node.TEXT_NODE)
        if (hasText) element.setAttribute('elementtiming', 'row')
      }
    })
    watch.observe(document, { childList: true, subtree: true })
  }, ROW)
}

/** What the browser noted; waits until it has painted a row. */
export function paintTimes(page: Page): Promise<PaintTimes> {
  return page.evaluate(
    () =>
      new Promise<PaintTimes>((resolve) => {
        new PerformanceObserver((list) => {
          const row = list.getEntries()[0]
          const first = performance.getEntriesByName('first-contentful-paint')[0]
          if (row !== undefined && first !== undefined) resolve({ first: first.startTime, rows: row.startTime })
        }).observe({ type: 'element', buffered: true })
      }),
  )
}
