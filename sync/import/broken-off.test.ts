import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import { apply, ended, rehearse, reportOf } from '../testing/import-files.ts'
import { countCustomers, oneCompany } from '../testing/one-company.ts'
import type { TestDevice } from '../testing/test-device.ts'

let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})

/** Three chunks: new people, two for each address of the first half, and some without any use. */
const ROWS = 2_100
const LIST = `Name,Email,Phone\n${Array.from({ length: ROWS }, (_, n) => {
  if (n % 100 === 99) return `,broken${n},`
  const email = `p${n % 1_050}@example.com`
  return `${word(n % 1_050)} ${word((n % 1_050) * 7 + 3)},${email},${n < 1_050 ? '' : `03${1_000_000 + n}`}`
}).join('\n')}\n`

/** A name that is hardly like any other. */
function word(seed: number): string {
  return Array.from({ length: 5 }, (_, i) => 'bcdfghklmnprstvz'.charAt((seed * (i * 2 + 3) + i * i) % 16)).join('a')
}

async function signedIn() {
  const company = oneCompany()
  await company.device.signIn(company.user)
  await company.device.synced()
  return company
}

/** The rows of all outcomes, as one text to compare. */
async function outcomes(device: TestDevice, importId: string): Promise<string> {
  const all: string[] = []
  for (let offset = 0; offset < ROWS; offset += 500) {
    const page = await device.ask('import.reportRows', { importId, outcome: null, offset, limit: 500 })
    if (!page.ok) throw new Error(page.error.message)
    all.push(...page.value.rows.map(({ row, outcome, name }) => `${row} ${outcome} ${name}`))
  }
  return all.join('\n')
}

const people = (server: { readonly rows: ReadonlyMap<string, { name: string; phone: string | null }> }) =>
  [...server.rows.values()].map(({ name, phone }) => `${name} ${phone}`).sort()

test('IO-3: an import that the disk breaks off writes no half chunk, says so, and goes on after a restart as if nothing had been', {
  timeout: 180_000,
}, async () => {
  const whole = await signedIn()
  const undisturbed = await rehearse(whole.device, LIST)
  const expected = await apply(whole.device, undisturbed.importId)
  await whole.device.synced()
  const expectedRows = await outcomes(whole.device, undisturbed.importId)
  // Two devices of one user at a time are one replica to RxDB.
  await whole.device.stop()

  const { server, device } = await signedIn()
  const { importId } = await rehearse(device, LIST)
  let writes = 0
  fault = failWrites((value) => {
    if (typeof value.id !== 'string' || !value.id.startsWith(importId.slice(0, 8))) return false
    writes += 1
    return writes === 1_500
  })
  expect(await device.ask('import.apply', { importId })).toMatchObject({ ok: true, value: { state: 'running' } })
  await device.until((status) => status.phase.kind === 'failed')
  const last = device.notices.findLast(({ name }) => name === 'import.progress')?.body
  expect(last).toMatchObject({ state: 'failed', error: { code: 'storage_full' }, done: 1_000 })
  fault.restore()
  await device.restart()
  const made = await countCustomers(device)
  expect(await device.ask('import.unfinished', null)).toMatchObject([
    { importId, rows: ROWS, done: 1_000, counts: { created: made } },
  ])
  // Twice at once, as a double click does: it is still one import.
  const resume = () => device.ask('import.resume', { importId, file: new Blob([LIST]) })
  expect(await Promise.all([resume(), resume()])).toMatchObject([{ ok: true }, { ok: true }])
  expect(await ended(device, importId)).toMatchObject({ state: 'done', counts: expected.counts })
  expect(await device.ask('import.unfinished', null)).toEqual([])
  await device.synced()
  expect(people(server)).toEqual(people(whole.server))
  expect(await outcomes(device, importId)).toBe(expectedRows)
})

test('IO-3: pause, a restart, another file, resume and cancel', { timeout: 120_000 }, async () => {
  const { server, device } = await signedIn()
  const { importId } = await rehearse(device, LIST)
  await device.ask('import.apply', { importId })
  expect(await device.ask('import.pause', { importId })).toEqual({ ok: true, value: null })
  const paused = await ended(device, importId)
  expect(paused).toMatchObject({ state: 'paused' })
  const { done } = (await device.ask('import.unfinished', null)).at(0) ?? { done: null }
  // It waits here; only what is not known to be waiting is told as broken off.
  expect(done).toBeNull()
  await device.restart()
  const [broken] = await device.ask('import.unfinished', null)
  expect(broken?.done).toBeLessThan(ROWS)
  // The file was kept.
  expect(broken?.needsFile).toBe(false)
  const other = { importId, file: new Blob([LIST.replace('p1@', 'somebody@')]) }
  expect(await device.ask('import.resume', other)).toMatchObject({ ok: false, error: { code: 'other_file' } })
  expect(await device.ask('import.resume', { importId })).toMatchObject({ ok: true })
  await device.ask('import.cancel', { importId })
  const report = await reportOf(device, importId)
  expect(report.state).toBe('cancelled')
  const counted = Object.values(report.counts).reduce((sum, n) => sum + n, 0)
  expect(counted).toBeGreaterThanOrEqual(broken?.done ?? 0)
  expect(counted % 1_000).toBe(0)
  await device.synced()
  expect(server.rows.size).toBe(report.counts.created)
  expect(await device.ask('import.resume', { importId })).toMatchObject({ ok: false, error: { code: 'not_found' } })
})
