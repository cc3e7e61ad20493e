import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { FileLike } from '#shared/replica-api/import.ts'
import { apply, kindsOf, rehearse } from '../testing/import-files.ts'
import { countCustomers, oneCompany } from '../testing/one-company.ts'
import { readBytes } from './import-file.ts'

async function signedIn() {
  const company = oneCompany()
  await company.device.signIn(company.user)
  await company.device.synced()
  return company
}

const MB = 1024 * 1024

const noise = Uint8Array.from({ length: 200_000 }, (_, n) => (n * 7_919 + (n >> 3)) % 256)

test.each<[string, Blob, string]>([
  ['a line of 60 MB', new Blob([new Uint8Array(60 * MB).fill(97)]), 'not_text'],
  ['zero bytes in it', new Blob(['name,email\nAnn\u0000,ann@example.com\n']), 'not_text'],
  ['10,000 columns', new Blob([`${'c,'.repeat(10_000)}\n${'1,'.repeat(10_000)}\n`]), 'too_wide'],
  [
    'a program renamed to .csv',
    new Blob([Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...noise])]),
    'not_text',
  ],
  ['a picture renamed to .csv', new Blob([Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...noise])]), 'not_text'],
  ['nothing but noise', new Blob([noise]), 'not_text'],
  ['a ZIP bomb', new Blob([new Uint8Array(zipSync({ 'xl/workbook.xml': new Uint8Array(60 * MB) }))]), 'too_large'],
])('IO-1: a file with %s is refused with what to do, and nothing is written', async (_, file, code) => {
  const { device } = await signedIn()
  const opened = await device.ask('import.open', { file, fileName: 'customers.csv' })
  expect(opened).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/\.$/) } })
  expect([await countCustomers(device), await device.ask('import.history', null)]).toEqual([0, []])
})

/** What a browser's `File` does that can't be read. */
const never = (why: string) => Promise.reject(new DOMException(why, 'NotReadableError'))

test.each<[string, FileLike, string]>([
  [
    'of a gigabyte is refused before it is read',
    { size: 1024 * MB, arrayBuffer: () => never('It was read') },
    'too_large',
  ],
  ['that changes meanwhile is refused', { size: 100, arrayBuffer: () => never('It has changed') }, 'unreadable'],
])('IO-1: a file %s, with what to do', async (_, file, code) => {
  expect(await readBytes(file)).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/\.$/) } })
})

test('IO-1: quotes within quotes within quotes cost no more than other text, and no row', async () => {
  const { device } = await signedIn()
  const laughs = Array.from({ length: 400 }, (_, n) => `${'"'.repeat(n + 1)}a${'""'.repeat(n)},b${n}@example.com`)
  const started = performance.now()
  const summary = await rehearse(device, `name,email\n${laughs.join('\n')}\nLast,last@example.com\n`)
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(summary.rows).toBe(401)
  const last = await device.ask('import.rows', { importId: summary.importId, kind: null, offset: 400, limit: 1 })
  expect(last).toMatchObject({ ok: true, value: { rows: [{ fields: { name: 'Last', email: 'last@example.com' } }] } })
})

test('IO-1: headers that programs trip over change nothing but their columns', async () => {
  const { server, device } = await signedIn()
  const list = '__proto__,constructor,name,email,toString\nx,y,Ann Lee,ann@example.com,z\n'
  await apply(device, (await rehearse(device, list)).importId)
  // Their mapping is remembered, too.
  expect(kindsOf(await rehearse(device, list))).toEqual({ unchanged: 1 })
  await device.synced()
  expect(({} as Record<string, unknown>).x).toBeUndefined()
  expect([...server.rows.values()]).toMatchObject([
    { name: 'Ann Lee', notes: expect.stringMatching(/__proto__: x[\s\S]*constructor: y[\s\S]*toString: z/) },
  ])
})

test('IO-5: what a spreadsheet would run is text here, and leaves as text', async () => {
  const { server, device } = await signedIn()
  const attack = `=cmd|' /C calc'!A0`
  const { importId } = await rehearse(device, `name,email\n"${attack}",ann@example.com\n"${attack}",broken\n`)
  expect(await apply(device, importId)).toMatchObject({ counts: { created: 1, failed: 1 } })
  await device.synced()
  expect([...server.rows.values()].map(({ name }) => name)).toEqual([attack])
  const failed = await device.ask('import.failedRows', { importId })
  if (!failed.ok) throw new Error(failed.error.message)
  expect(failed.value.csv.split('\r\n')[1]).toMatch(/^"?'=cmd/)
})

test('IO-1: a mark that turns the direction of writing stays in its own cell', async () => {
  const { server, device } = await signedIn()
  const { importId } = await rehearse(device, 'name,email,notes\nAnn \u202eeeL,ann@example.com,plain\n')
  await apply(device, importId)
  await device.synced()
  expect([...server.rows.values()]).toMatchObject([{ name: 'Ann \u202eeeL', email: 'ann@example.com', notes: 'plain' }])
})
