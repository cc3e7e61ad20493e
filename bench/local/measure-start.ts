import type { Page } from '@playwright/test'
import { syncPill } from '../../e2e/harness/app-page.ts'
import { search } from '../../e2e/harness/screens.ts'
import { type BenchBackend, startBenchBackend } from '../first-sync/bench-backend.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { browserProfile } from './browser-run.ts'
import { serveLocalPage } from './local-page.ts'
import { DEXIE, timesOf } from './measure-local.ts'
import { customerRows, type PaintTimes, paintTimes, watchPaints } from './paint-times.ts'
import { workerHeapMb } from './worker-heap.ts'

const STARTS = 5
/** So long the app is used before it is closed, in milliseconds: it saves for the next start when it is quiet. */
const USED_MS = 12_000
const PATIENCE_MS = 15 * 60_000
/** So long a browser that was just started is busy with pages of its own, in milliseconds. */
const SETTLE_MS = 3_000
/** What the replica may hold in memory, the search index included, in MB. */
const HEAP_TARGET_MB = 300
/** Targets by the number of customers, in seconds. */
const FEW_ROWS = 10_000
const TARGET_S = { few: 0.5, many: 1.5 }
/** The first paint that has customers, by the browser's own figures, in seconds. */
const PAINT_TARGET_S = 1

/**
 * PF-6: from the app's address in a browser that was just started and has come to rest, its profile on
 * disk, until the list shows customers; then until a search shows its hit. Also when the browser says
 * that it has painted: anything, and the first customers. The app is installed (it comes from its service
 * worker), its replica is full, and it was used for some seconds before. The baseline does less: RxDB's
 * Dexie storage alone, opening the same number of customers and reading them, without app, list or search.
 */
export async function measureStart(customers: number, say: (text: string) => void): Promise<Measurement[]> {
  const bench = await startBenchBackend(customers, say)
  const profile = browserProfile()
  try {
    await profile.visit(bench.backend.url, (page) => firstSync(page, bench))
    const starts: number[] = []
    const searchable: number[] = []
    const paints: PaintTimes[] = []
    for (let start = 0; start < STARTS; start += 1) {
      const took = await profile.visit('about:blank', (page) => coldStart(page, bench))
      starts.push(took.list / 1_000)
      searchable.push(took.found / 1_000)
      paints.push({ first: took.paints.first / 1_000, rows: took.paints.rows / 1_000 })
      say(
        `PF-6: start ${start + 1}: list after ${starts.at(-1)?.toFixed(2)} s, search after ${searchable.at(-1)?.toFixed(2)} s;` +
          ` painted ${paints.at(-1)?.first.toFixed(2)} s, customers ${paints.at(-1)?.rows.toFixed(2)} s`,
      )
    }
    const heapMb = await profile.visit('about:blank', async (page) => {
      await coldStart(page, bench)
      return workerHeapMb(page)
    })
    say(`PF-6: the replica's worker holds ${heapMb.toFixed(0)} MB, its search index included`)
    const page = await serveLocalPage()
    const dexie = await timesOf(page.url, DEXIE, bench.rows, { openingsOnly: true }).finally(() => page.close())
    const baseline = percentile(dexie.openings, 0.5) / 1_000
    const target = bench.rows <= FEW_ROWS * 1.1 ? TARGET_S.few : TARGET_S.many
    return [
      line('cold start to a usable list', bench.rows, starts, target, baseline),
      line('cold start until searched', bench.rows, searchable, null, baseline),
      line(
        'first contentful paint, by the browser',
        bench.rows,
        paints.map(({ first }) => first),
        PAINT_TARGET_S,
        baseline,
      ),
      line(
        'first customers painted, by the browser',
        bench.rows,
        paints.map(({ rows }) => rows),
        PAINT_TARGET_S,
        baseline,
      ),
      heapLine(bench.rows, heapMb),
    ]
  } finally {
    profile.remove()
    await bench.close()
  }
}

async function firstSync(page: Page, { user, lastEmail }: BenchBackend): Promise<void> {
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await syncPill(page)
    .and(page.getByLabel(/^Sync: Up to date/))
    .waitFor({ timeout: PATIENCE_MS })
  await search(page, lastEmail)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await leave(page, USED_MS)
}

/** Ends with the whole list on the screen, as most people leave it. */
async function leave(page: Page, ms: number): Promise<void> {
  await search(page, '')
  await customerRows(page).first().waitFor()
  await page.waitForTimeout(ms)
}

async function coldStart(
  page: Page,
  { backend, lastEmail }: BenchBackend,
): Promise<{ list: number; found: number; paints: PaintTimes }> {
  await watchPaints(page)
  await page.waitForTimeout(SETTLE_MS)
  const started = performance.now()
  await page.goto(backend.url, { waitUntil: 'commit' })
  await customerRows(page).first().waitFor({ timeout: PATIENCE_MS })
  const list = performance.now() - started
  await search(page, lastEmail)
  await customerRows(page).filter({ hasText: lastEmail }).first().waitFor({ timeout: PATIENCE_MS })
  const found = performance.now() - started
  const paints = await paintTimes(page)
  await leave(page, USED_MS / 2)
  return { list, found, paints }
}

function heapLine(rows: number, heapMb: number): Measurement {
  const heap = rounded(heapMb)
  return {
    id: 'PF-6',
    what: 'heap with the search index',
    rows,
    unit: 'MB',
    p50: heap,
    p95: heap,
    max: heap,
    target: HEAP_TARGET_MB,
    pass: heapMb <= HEAP_TARGET_MB,
    baseline: { name: 'what it may hold', value: HEAP_TARGET_MB },
    ratio: rounded(HEAP_TARGET_MB / heapMb),
  }
}

function line(
  what: string,
  rows: number,
  samples: readonly number[],
  target: number | null,
  baseline: number,
): Measurement {
  const p50 = percentile(samples, 0.5)
  const p95 = percentile(samples, 0.95)
  return {
    id: 'PF-6',
    what,
    rows,
    unit: 's',
    p50: rounded(p50),
    p95: rounded(p95),
    max: rounded(Math.max(...samples)),
    target,
    pass: target === null || p95 <= target,
    baseline: { name: 'RxDB on Dexie, opening and reading only, p50', value: rounded(baseline) },
    ratio: rounded(baseline / p50),
  }
}
