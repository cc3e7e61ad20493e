import type { Page } from '@playwright/test'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { browserProfile } from './browser-run.ts'
import type { LocalRun, localClient } from './local-client.ts'
import { serveLocalPage } from './local-page.ts'

const SAVES = 300
const SAVE_TARGET_MS = 20
const OPENINGS = 3
/** Enough for a hundred saves of ours. */
const BUSY_ROWS = 30_000

interface LocalTimes {
  readonly fillMs: number
  readonly saves: readonly number[]
  /** Saves while the replica is filled. */
  readonly busySaves: readonly number[]
  readonly updateAllMs: number
  readonly openings: readonly number[]
  readonly heapMb: number
}

const OURS: LocalRun = { storage: 'log', encrypted: true, mirrored: true }
const OURS_CLEAR: LocalRun = { storage: 'log', encrypted: false, mirrored: true }
/** The storage that comes with RxDB. */
export const DEXIE: LocalRun = { storage: 'dexie', encrypted: false, mirrored: false }

/**
 * PF-4: saving an edit of one customer, durable (the transaction survives a power loss), in a replica of `rows`
 * customers in a real Chromium with its profile on disk, alone and while pages of a first sync are
 * written (the specification has no target for that); and what the storage does besides: first
 * filling in pages, replacing everything, opening and reading it all in a new browser. Ours with
 * encryption, as the app uses it, against RxDB's Dexie storage with the same durability and the same
 * replica code, and against ours in the clear, which tells what the encryption costs.
 */
export async function measureLocal(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const page = await serveLocalPage()
  try {
    const measure = async (name: string, run: LocalRun) => {
      const times = await timesOf(page.url, run, rows)
      const ms = (list: readonly number[], share: number) => `${percentile(list, share).toFixed(1)} ms`
      say(
        `${name}, ${rows} customers: filled in ${seconds(times.fillMs)}, one save ${ms(times.saves, 0.5)} / ${ms(times.saves, 0.95)} (p50 / p95), ` +
          `all replaced in ${seconds(times.updateAllMs)}, opened in ${seconds(percentile(times.openings, 0.5))}, heap ${times.heapMb.toFixed(0)} MB`,
      )
      return times
    }
    const ours = await measure('The log storage, encrypted', OURS)
    const clear = await measure('The log storage, in the clear', OURS_CLEAR)
    const dexie = await measure('The Dexie storage of RxDB', DEXIE)
    const against = 'RxDB on Dexie'
    return [
      line('PF-4', 'save a customer, durable', rows, 'ms', ours.saves, dexie.saves, against, SAVE_TARGET_MS),
      line(
        'PF-4',
        'the same during a first sync',
        rows,
        'ms',
        ours.busySaves,
        dexie.busySaves,
        against,
        SAVE_TARGET_MS,
      ),
      line('PF-4', 'storage: fill in pages of 1,000', rows, 's', [ours.fillMs], [dexie.fillMs], against),
      line('PF-4', 'storage: encryption, filling', rows, 's', [ours.fillMs], [clear.fillMs], 'in the clear'),
      line('PF-4', 'storage: replace all at once', rows, 's', [ours.updateAllMs], [dexie.updateAllMs], against),
      line('PF-4', 'storage: open and read all', rows, 's', ours.openings, dexie.openings, against),
      line('PF-4', 'storage: encryption, opening', rows, 's', ours.openings, clear.openings, 'in the clear'),
    ]
  } finally {
    page.close()
  }
}

/** Does everything there is to measure with one storage; `openingsOnly` leaves out what comes after opening. */
export async function timesOf(
  url: string,
  run: LocalRun,
  rows: number,
  { openingsOnly = false } = {},
): Promise<LocalTimes> {
  const profile = browserProfile()
  try {
    const fillMs = await profile.visit(url, async (page) => {
      await openIn(page, run, 0)
      return page.evaluate((count) => (globalThis as unknown as Window).localClient.fill(count), rows)
    })
    const openings: number[] = []
    let heapMb = 0
    for (let n = 0; n < OPENINGS; n += 1) {
      await profile.visit(url, async (page) => {
        const before = await heapOf(page)
        openings.push(await openIn(page, run, rows))
        heapMb = (await heapOf(page)) - before
      })
    }
    if (openingsOnly) return { fillMs, openings, heapMb, saves: [], busySaves: [], updateAllMs: 0 }
    const used = await profile.visit(url, async (page) => {
      await openIn(page, run, rows)
      const saves = await page.evaluate(
        ([times, count]) => (globalThis as unknown as Window).localClient.save(times, count),
        [SAVES, rows] as const,
      )
      const updateAllMs = await page.evaluate(
        (count) => (globalThis as unknown as Window).localClient.updateAll(count),
        rows,
      )
      return { saves, updateAllMs }
    })
    return { fillMs, openings, heapMb, ...used, busySaves: await savesWhileFilling(url, run, rows) }
  } finally {
    profile.remove()
  }
}

/** Saves in a replica that is being filled, from its beginning. */
async function savesWhileFilling(url: string, run: LocalRun, rows: number): Promise<number[]> {
  const profile = browserProfile()
  try {
    return await profile.visit(url, async (page) => {
      await openIn(page, run, 0)
      return page.evaluate(
        (count) => (globalThis as unknown as Window).localClient.saveWhileFilling(count),
        Math.min(rows, BUSY_ROWS),
      )
    })
  } finally {
    profile.remove()
  }
}

/** What the page has put on its window. */
interface Window {
  readonly localClient: typeof localClient
}

async function openIn(page: Page, run: LocalRun, rows: number): Promise<number> {
  await page.waitForFunction(() => 'localClient' in globalThis)
  const opened = await page.evaluate((given) => (globalThis as unknown as Window).localClient.open(given), run)
  if (opened.rows !== rows) throw new Error(`the replica holds ${opened.rows} of ${rows} customers: nothing to compare`)
  return opened.ms
}

/** What the page's JavaScript holds, after a collection, in megabytes. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}

function line(
  id: string,
  what: string,
  rows: number,
  unit: 'ms' | 's',
  ours: readonly number[],
  theirs: readonly number[],
  against: string,
  target: number | null = null,
): Measurement {
  const scale = unit === 's' ? 1_000 : 1
  const p50 = percentile(ours, 0.5) / scale
  const p95 = percentile(ours, 0.95) / scale
  const baseline = percentile(theirs, 0.5) / scale
  return {
    id,
    what,
    rows,
    unit,
    p50: rounded(p50),
    p95: rounded(p95),
    max: rounded(Math.max(...ours) / scale),
    target,
    pass: target === null || p95 <= target,
    baseline: { name: `${against}, p50`, value: rounded(baseline) },
    ratio: rounded(baseline / p50),
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}
