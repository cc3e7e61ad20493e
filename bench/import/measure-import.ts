import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { csvLines } from '#shared/csv/csv-lines.ts'
import { goTo } from '../../e2e/harness/screens.ts'
import { startBenchBackend } from '../first-sync/bench-backend.ts'
import { type Traced, traced as trace } from '../list/browser-trace.ts'
import { fillApp } from '../list/full-app.ts'
import { browserProfile } from '../local/browser-run.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { makeCustomers } from '../search/customers.ts'
import { withPeakMemory } from './peak-memory.ts'

/** Customers who are there before. */
const EXISTING = 1_000
const IN_ALL_S = 30
const LONG_TASK_MS = 50
/** Chromium gives a worker 4 GB of objects where there are 16 GB of memory, else 2 GB: here it has what a laptop of 8 GB gives. */
const OBJECTS_MB = 2_048
/** Half of such a laptop is left to everything else. */
const PAGE_MB = 4_096
/** More rows than this are not traced: the trace would be larger than the work. */
const TRACED_ROWS = 200_000
const PATIENCE_MS = 60 * 60_000

/**
 * PF-7: a file of new people in the app itself in a real Chromium, with sync on: rehearsed and
 * imported, from the press of each button until its result shows, with the tasks of the main thread
 * meanwhile and the most that its worker and the page held. The report must account for every row.
 */
export async function measureImport(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const bench = await startBenchBackend(EXISTING, say)
  const profile = browserProfile([`--js-flags=--max-old-space-size=${OBJECTS_MB}`])
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-bench-import-'))
  const file = join(folder, 'customers.csv')
  writeFileSync(file, csvOf(rows))
  try {
    return await profile.visit(bench.backend.url, async (page) => {
      page.setDefaultTimeout(PATIENCE_MS)
      await fillApp(page, bench)
      await goTo(page, 'Import')
      const counted = `${rows.toLocaleString('en-GB')} rows`
      let traced: Traced | null = null
      const times: number[] = []
      const timed = async (work: () => Promise<void>) => {
        const started = performance.now()
        await work()
        times.push((performance.now() - started) / 1_000)
      }
      const work = async () => {
        await timed(async () => {
          await page.locator('input[type=file]').last().setInputFiles(file)
          await page.getByRole('button', { name: `Rehearse ${counted}` }).click()
          await page.getByText('This is what will happen to each').waitFor()
        })
        await timed(async () => {
          await page.getByRole('button', { name: /^Import [\d,]+ rows/ }).click()
          await page.getByRole('heading', { name: /imported|updated/ }).waitFor()
        })
      }
      const memory = await withPeakMemory(page, async () => {
        if (rows > TRACED_ROWS) await work()
        else traced = await trace(page, work)
      })
      const [rehearsal = 0, writing = 0] = times
      const reconciled = await reconciledRows(page)
      say(
        `PF-7: rehearsed in ${rehearsal.toFixed(1)} s, imported in ${writing.toFixed(1)} s, ${reconciled} of ${rows} rows in the report`,
      )
      if (reconciled !== rows) throw new Error(`the report accounts for ${reconciled} of ${rows} rows`)
      return [
        line('rehearsal and import', rows, 's', [rehearsal + writing], IN_ALL_S),
        ...taskLines(rows, traced),
        line('objects of the worker at their peak', rows, 'MB', [memory.objects], OBJECTS_MB),
        line('objects and arrays of the worker at their peak', rows, 'MB', [memory.worker], PAGE_MB),
        ...(memory.page === null
          ? []
          : [line('memory of the page, the most seen once a second', rows, 'MB', [memory.page], PAGE_MB)]),
      ]
    })
  } finally {
    profile.remove()
    rmSync(folder, { recursive: true, force: true })
    await bench.close()
  }
}

/** The rows that the report on the screen accounts for: the sum of its parts. */
async function reconciledRows(page: Page): Promise<number> {
  const parts = await page.locator('li:has(> button[aria-pressed]) strong').allInnerTexts()
  const numbers = parts.map((text) => Number(text.replaceAll(',', '')))
  // The last one is their total.
  return numbers.slice(0, -1).reduce((sum, part) => sum + part, 0)
}

function taskLines(rows: number, traced: Traced | null): Measurement[] {
  if (traced === null) return []
  return [
    line('main-thread tasks meanwhile', rows, 'ms', traced.tasks, LONG_TASK_MS),
    line('the same, processor time', rows, 'ms', traced.cpu, LONG_TASK_MS),
  ]
}

function csvOf(rows: number): string {
  const people = makeCustomers(rows, 99)
  const lines = people.map(({ name, email, phone, address, notes, tags }) => [
    name,
    email ?? '',
    phone ?? '',
    address ?? '',
    notes ?? '',
    tags.join('; '),
  ])
  return csvLines([['Name', 'Email', 'Phone', 'Address', 'Notes', 'Tags'], ...lines])
}

function line(
  what: string,
  rows: number,
  unit: Measurement['unit'],
  samples: readonly number[],
  target: number,
): Measurement {
  const max = samples.reduce((most, each) => Math.max(most, each), 0)
  return {
    id: 'PF-7',
    what,
    rows,
    unit,
    p50: rounded(percentile(samples, 0.5)),
    p95: rounded(percentile(samples, 0.95)),
    max: rounded(max),
    target,
    // None may be over it, not most of them.
    pass: max <= target,
    baseline: { name: 'the limit', value: target },
    ratio: rounded(target / Math.max(max, 0.001)),
  }
}
