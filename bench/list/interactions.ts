import type { Page } from '@playwright/test'
import { listRows } from '../../e2e/harness/screens.ts'

/** Interactions of a kind, in the browser's own words. */
export interface Interactions {
  readonly what: string
  /** By interaction: milliseconds from the key or click until the frame was painted that showed what came of it. */
  readonly durations: readonly number[]
}

/** The browser tells of no event that took less; such interactions count as this long, in milliseconds. */
const SHORTEST_MS = 16
/** Somebody quick: the next click so long after the one before, in milliseconds. */
const PAUSE_MS = 250
const OPENED = 12
const SORTS = ['Name', 'Chats', 'Last seen'] as const
const PARTS = ['Email', 'Phone', 'Address', 'Notes'] as const

/** Opens customers, sorts and filters with the mouse. */
export async function clickThrough(page: Page): Promise<Interactions[]> {
  const clicks: readonly [what: string, work: () => Promise<number>][] = [
    ['sorting', () => sortByAll(page)],
    ['switching filters', () => switchFilters(page)],
    ['opening a customer', () => openSome(page)],
  ]
  const found: Interactions[] = []
  for (const [what, work] of clicks) found.push({ what, durations: await interactionsOf(page, work) })
  return found
}

/** How long each interaction took while `work` ran; it says how many there were. */
export async function interactionsOf(page: Page, work: () => Promise<number>): Promise<number[]> {
  await page.evaluate(watchInteractions, SHORTEST_MS)
  const count = await work()
  await page.waitForTimeout(2 * PAUSE_MS)
  const told = await page.evaluate(() => (globalThis as unknown as Watched).interactionTimes())
  if (told.length > count) {
    const each = told.map(({ event, at, took }) => `${event} at ${at.toFixed(0)} ms, ${took} ms`)
    throw new Error(`${told.length} interactions were told of ${count}: ${each.join('; ')}`)
  }
  return [...told.map(({ took }) => took), ...Array.from({ length: count - told.length }, () => SHORTEST_MS)]
}

async function openSome(page: Page): Promise<number> {
  for (let n = 1; n <= OPENED; n += 1) {
    await listRows(page)
      .nth(n)
      .click({ position: { x: 150, y: 12 } })
    await page.waitForTimeout(PAUSE_MS)
  }
  return OPENED
}

/** In both directions. */
async function sortByAll(page: Page): Promise<number> {
  for (const name of SORTS) {
    const button = page.getByRole('columnheader', { name }).getByRole('button', { name })
    for (let n = 0; n < 2; n += 1) {
      await button.click()
      await page.waitForTimeout(PAUSE_MS)
    }
  }
  return 2 * SORTS.length
}

/** Each on and off again; opening the panel, which counts everybody, and closing it are two more. */
async function switchFilters(page: Page): Promise<number> {
  await page.getByRole('button', { name: /^Filter/ }).click()
  await page.waitForTimeout(PAUSE_MS)
  for (const name of PARTS) {
    const yes = page.getByRole('dialog').getByRole('group', { name }).getByRole('button').first()
    for (let n = 0; n < 2; n += 1) {
      await yes.click()
      await page.waitForTimeout(PAUSE_MS)
    }
  }
  await page.keyboard.press('Escape')
  return 2 + 2 * PARTS.length
}

interface Watched {
  interactionTimes: () => { event: string; at: number; took: number }[]
}

/**
 * Runs in the page: notes how long each interaction takes that begins from now on (one before may be told of later).
 * Its key up is part of a key.
 */
function watchInteractions(shortestMs: number): void {
  const since = performance.now()
  const longest = new Map<number, { event: string; at: number; took: number }>()
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries) {
      const { interactionId, name, startTime, duration } = entry as PerformanceEntry & { interactionId: number }
      if (interactionId === 0 || startTime < since || duration <= (longest.get(interactionId)?.took ?? 0)) continue
      longest.set(interactionId, { event: name, at: startTime - since, took: duration })
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: shortestMs } as PerformanceObserverInit)
  Object.assign(globalThis, {
    interactionTimes: () => {
      note(observer.takeRecords())
      observer.disconnect()
      return [...longest.values()]
    },
  })
}
