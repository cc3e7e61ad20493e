import type { Page } from '@playwright/test'
import { syncPill } from '../../e2e/harness/app-page.ts'
import { listRows, search } from '../../e2e/harness/screens.ts'
import { browserProfile } from '../local/browser-run.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { type BenchBackend, startBenchBackend } from './bench-backend.ts'
import type { StockRun } from './stock-client.ts'
import { STOCK_PAGE } from './stock-page.ts'
import { STOCK_TABLE } from './stock-table.ts'

/** Asked of this many customers, and of more. */
const TARGET_ROWS = 100_000
const TARGET_S = 10
const TARGET_RATIO = 8
const RUNS = 3
/** Above this the stock plugin takes minutes: one run says enough. */
const MANY_ROWS = 30_000
/** Rows a request: what the plugin's guide sets, and what PostgREST and hosted Supabase give at most. */
const STOCK_BATCHES = { guide: 50, largest: 1_000 } as const
const PATIENCE_MS = 15 * 60_000

/**
 * PF-5: first sync until searchable, in a real Chromium with a fresh profile on disk each time,
 * against the embedded backend. Ours: the built app; from the click on "Sign in" until it says that
 * it is up to date and a search for the customer that came last shows its row. Baseline: RxDB's stock
 * `replicateSupabase` on its Dexie storage, same backend, same rows, same browser, turn by turn with
 * ours; from signing in until its initial replication is done, without any search index, list or
 * screen. It gets a table in the very shape that it wants (`stock-table.ts`). Measured twice: with the
 * pages of its guide, which is what its users get, and with the largest that a server gives.
 */
export async function measureFirstSync(customers: number, say: (text: string) => void): Promise<Measurement[]> {
  const target = customers < TARGET_ROWS ? null : TARGET_S
  const bench = await startBenchBackend(customers, say)
  try {
    const stockRuns = customers > MANY_ROWS ? 1 : RUNS
    const stockUrl = `${bench.backend.url}${STOCK_PAGE}`
    const ours: number[] = []
    const stock: Record<keyof typeof STOCK_BATCHES, number[]> = { guide: [], largest: [] }
    for (let run = 0; run < RUNS; run++) {
      ours.push((await inFreshBrowser(bench.backend.url, (page) => ourFirstSync(page, bench))) / 1_000)
      say(`PF-5: ours, run ${run + 1}: ${ours.at(-1)?.toFixed(2)} s for ${bench.rows} customers`)
      if (run >= stockRuns) continue
      for (const kind of ['guide', 'largest'] as const) {
        const size = STOCK_BATCHES[kind]
        stock[kind].push((await inFreshBrowser(stockUrl, (page) => stockFirstSync(page, bench, size))) / 1_000)
        say(
          `PF-5: stock replicateSupabase on Dexie, pages of ${size}, run ${run + 1}: ${stock[kind].at(-1)?.toFixed(2)} s`,
        )
      }
    }
    return [
      line('first sync until searchable', bench.rows, target, ours, stock.guide, STOCK_BATCHES.guide),
      line('the same, stock with large pages', bench.rows, target, ours, stock.largest, STOCK_BATCHES.largest),
    ]
  } finally {
    await bench.close()
  }
}

function line(
  what: string,
  rows: number,
  target: number | null,
  ours: readonly number[],
  stock: readonly number[],
  batch: number,
): Measurement {
  const p50 = percentile(ours, 0.5)
  const p95 = percentile(ours, 0.95)
  const baseline = percentile(stock, 0.5)
  return {
    id: 'PF-5',
    what,
    rows,
    unit: 's',
    p50: rounded(p50),
    p95: rounded(p95),
    max: rounded(Math.max(...ours)),
    target,
    pass: target === null || (p95 <= target && baseline / p50 >= TARGET_RATIO),
    baseline: {
      name: `stock replicateSupabase on Dexie, pages of ${batch}, p50 of ${stock.length}`,
      value: rounded(baseline),
    },
    ratio: rounded(baseline / p50),
  }
}

async function ourFirstSync(page: Page, { user, lastEmail }: BenchBackend): Promise<number> {
  await page.getByLabel('Email').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  const started = performance.now()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await syncPill(page)
    // The list is whole and searchable when the history begins to come.
    .and(page.getByLabel(/^Sync: (Up to date|Getting history)/))
    .waitFor({ timeout: PATIENCE_MS })
  await search(page, lastEmail)
  await listRows(page).filter({ hasText: lastEmail }).first().waitFor({ timeout: PATIENCE_MS })
  return performance.now() - started
}

async function stockFirstSync(page: Page, { backend, user, rows }: BenchBackend, batchSize: number): Promise<number> {
  await page.waitForFunction(() => 'stockFirstSync' in globalThis)
  const run: StockRun = {
    url: backend.url,
    publishableKey: backend.publishableKey,
    email: user.email,
    password: user.password,
    table: STOCK_TABLE,
    batchSize,
  }
  const done = await page.evaluate(async (options) => {
    const { stockFirstSync: sync } = globalThis as unknown as {
      stockFirstSync(run: StockRun): Promise<{ ms: number; rows: number }>
    }
    return sync(options)
  }, run)
  if (done.rows !== rows) throw new Error(`the stock plugin got ${done.rows} of ${rows} rows: nothing to compare with`)
  return done.ms
}

/** In a browser that was never there before. */
async function inFreshBrowser(url: string, work: (page: Page) => Promise<number>): Promise<number> {
  const profile = browserProfile()
  try {
    return await profile.visit(url, work)
  } finally {
    profile.remove()
  }
}
