import { Worker } from 'node:worker_threads'
import { distance } from 'fastest-levenshtein'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { makeCustomers } from '../search/customers.ts'
import { type ScanTimes, scanTimesSchema } from './scan-times.ts'

const SCAN_TARGET_S = 15
const CHECK_TARGET_MS = 20
/** Customers compared with all others to know what comparing all with all would cost. */
const SAMPLED = 20

/**
 * PF-8: the scan of a whole base in a worker, from customers to groups, at a tenth, a third and all of
 * `rows`; and the check of one new customer. The baseline compares every name with every other by edit
 * distance alone, which is the least that all pairs cost (sampled, not waited for).
 */
export async function measureScan(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const size of [Math.round(rows / 10), Math.round((rows * 3) / 10), rows]) {
    const times = await scanInWorker(size)
    const seconds = (times.index + times.scan) / 1_000
    const naive = allPairsSeconds(size)
    say(
      `PF-8: ${size} customers: index ${Math.round(times.index)} ms, scan ${Math.round(times.scan)} ms ` +
        `(longest step ${Math.round(times.longestStep)} ms), ${times.compared} pairs compared, ${times.groups} groups`,
    )
    measurements.push({
      id: 'PF-8',
      what: 'duplicate scan of the whole base, in a worker',
      rows: size,
      unit: 's',
      p50: rounded(seconds),
      p95: rounded(seconds),
      max: rounded(seconds),
      target: SCAN_TARGET_S,
      pass: seconds <= SCAN_TARGET_S,
      baseline: { name: 'edit distance of all pairs of names, from a sample', value: rounded(naive) },
      ratio: rounded(naive / seconds),
    })
    if (size !== rows) continue
    const p95 = percentile(times.checks, 0.95)
    const naiveCheck = (naive * 1_000) / size
    measurements.push({
      id: 'PF-8',
      what: 'check of one new customer',
      rows: size,
      unit: 'ms',
      p50: rounded(percentile(times.checks, 0.5)),
      p95: rounded(p95),
      max: rounded(Math.max(...times.checks)),
      target: CHECK_TARGET_MS,
      pass: p95 <= CHECK_TARGET_MS,
      baseline: { name: 'edit distance to all names, from a sample', value: rounded(naiveCheck) },
      ratio: rounded(naiveCheck / p95),
    })
  }
  return measurements
}

function scanInWorker(rows: number): Promise<ScanTimes> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('scan-worker.ts', import.meta.url), { workerData: rows })
    worker.once('message', (message: unknown) => resolve(scanTimesSchema.parse(message)))
    worker.once('error', reject)
  })
}

function allPairsSeconds(rows: number): number {
  const names = makeCustomers(rows).map(({ name }) => name)
  const started = performance.now()
  let near = 0
  for (const name of names.slice(0, SAMPLED)) for (const other of names) if (distance(name, other) <= 2) near++
  const seconds = (performance.now() - started) / 1_000
  // Each name is near itself: also keeps the work from being optimised away.
  if (near < Math.min(SAMPLED, names.length)) throw new Error('the baseline compared nothing')
  return (seconds / Math.min(SAMPLED, names.length)) * (rows / 2)
}
