import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { toComparisonRecord } from '#shared/matching/comparison-record.ts'
import { DuplicateIndex } from '#shared/matching/duplicate-index.ts'
import { checkCustomer, scanForDuplicates } from '#shared/matching/find-duplicates.ts'
import { makeCustomers } from '../search/customers.ts'
import type { ScanTimes } from './scan-times.ts'

const CHECKS = 500
/** Every so many customers there is a second record of one, its name and phone a little different. */
const COPY_EVERY = 20

const rows = z.number().parse(workerData)
const originals = makeCustomers(Math.round((rows * COPY_EVERY) / (COPY_EVERY + 1)))
const copies = originals
  .filter((_, i) => i % COPY_EVERY === 0)
  .map((customer) => ({ ...customer, id: `copy-${customer.id}`, name: `${customer.name}e`, phone: null }))
const customers = [...originals, ...copies]

const times: ScanTimes = { index: 0, scan: 0, longestStep: 0, checks: [], compared: 0, groups: 0 }
let from = performance.now()
const index = new DuplicateIndex()
for (const customer of customers) index.upsert(toComparisonRecord(customer))
times.index = performance.now() - from

from = performance.now()
const scan = scanForDuplicates(index, () => false)
let step = scan.next()
while (!step.done) {
  const stepFrom = performance.now()
  step = scan.next()
  times.longestStep = Math.max(times.longestStep, performance.now() - stepFrom)
}
times.scan = performance.now() - from
times.compared = step.value.compared
times.groups = step.value.groups.length

for (let i = 0; i < CHECKS; i++) {
  const typed = customers[Math.floor((i * customers.length) / CHECKS)]
  if (typed === undefined) continue
  const checkFrom = performance.now()
  checkCustomer(toComparisonRecord({ ...typed, id: 'typed' }), index, step.value.model, () => false)
  times.checks.push(performance.now() - checkFrom)
}
parentPort?.postMessage(times)
