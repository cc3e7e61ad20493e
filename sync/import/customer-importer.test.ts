import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CustomerFields } from '#shared/domain/customer.ts'
import {
  type FileLike,
  type ImportProgress,
  importPreviewSchema,
  importProgressSchema,
} from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { CustomerImporter } from './customer-importer.ts'

const slice = new URL('../../e2e/fixtures/crm_composed_400.csv', import.meta.url)
const whole = new URL('../../../shared/data/dedupe/crm_composed_10k.csv', import.meta.url)

function fileOf(content: string | Uint8Array): FileLike {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  return { size: bytes.length, arrayBuffer: async () => bytes.buffer }
}

/** An importer that keeps what it writes. `write` may refuse a chunk. */
function setUp(write: (chunk: number) => Result<null> = () => ok(null), now?: () => number) {
  const written: CustomerFields[] = []
  const notices: ImportProgress[] = []
  let chunk = 0
  const importer: CustomerImporter = new CustomerImporter({
    createMany: async (fields) => {
      const verdict = write(chunk++)
      if (!verdict.ok) return verdict
      written.push(...fields)
      return ok(fields.length)
    },
    notify: (progress) => notices.push(importProgressSchema.parse(progress)),
    country: () => 'AU',
    newId: () => 'import-1',
    ...(now === undefined ? {} : { now }),
  })
  return { importer, written, notices }
}

async function runAll(importer: CustomerImporter, file: FileLike) {
  const preview = await importer.preview(file, 'customers.csv')
  if (!preview.ok) return preview
  return importer.run({ file, fileName: 'customers.csv', mapping: preview.value.mapping })
}

const lines = (count: number) =>
  `name,email\n${Array.from({ length: count }, (_, i) => `Ann ${i},a${i}@x.de`).join('\n')}`

test('IO-1: the preview says what was understood and writes nothing', async () => {
  const { importer, written, notices } = setUp()
  const preview = await importer.preview(fileOf(readFileSync(slice)), 'crm.csv')
  expect(preview).toMatchObject({
    ok: true,
    value: {
      fileName: 'crm.csv',
      encoding: 'utf-8',
      delimiter: ',',
      headers: ['id', 'customer_name', 'customer_email', 'customer_phone', 'customer_address', 'cluster'],
      mapping: [null, 'name', 'email', 'phone', 'address', null],
      rows: 400,
    },
  })
  if (preview.ok) expect(importPreviewSchema.parse(preview.value).sample).toHaveLength(20)
  expect([written.length, notices.length]).toEqual([0, 0])
})

test('IO-3: all 400 rows of the fixture are imported', async () => {
  const { importer, written } = setUp()
  const result = await runAll(importer, fileOf(readFileSync(slice)))
  expect(result).toMatchObject({ ok: true, value: { state: 'done', rows: 400, done: 400, created: 400, invalid: 0 } })
  expect(written).toHaveLength(400)
  expect(written[0]).toMatchObject({
    name: 'Thomas Hoebee',
    email: 'hoebee.thomas@gmail.com',
    phone: '+61420091973',
    address: '11 dooland court, flowerdale, VIC 3163',
  })
})

test('IO-3: the real list of 10,047 customers is imported whole', async (ctx) => {
  if (!existsSync(whole)) {
    console.warn('IO-3 is shown on the fixture of 400 rows only: crm_composed_10k.csv is not beside this repository.')
    ctx.skip('crm_composed_10k.csv is not here')
  }
  const { importer, written } = setUp()
  const result = await runAll(importer, fileOf(readFileSync(whole)))
  expect(result).toMatchObject({ ok: true, value: { state: 'done', rows: 10_047, created: 10_047, invalid: 0 } })
  expect(written).toHaveLength(10_047)
})

test('IO-3: rows that are not customers are counted and named by their row in the file', async () => {
  const { importer } = setUp()
  const result = await runAll(importer, fileOf('name,email\nAnn,a@x.de\n,\n,nonsense\nBob,b@x.de\n"",""\nCy,broken\n'))
  expect(result).toMatchObject({
    ok: true,
    value: {
      state: 'done',
      rows: 4,
      done: 4,
      created: 2,
      invalid: 2,
      problems: [
        { row: 4, reason: expect.stringContaining('email') },
        { row: 7, reason: expect.stringContaining('email') },
      ],
    },
  })
})

test('IO-3: at most 200 problems are listed, all are counted', async () => {
  const { importer } = setUp()
  const result = await runAll(importer, fileOf(`name,email\nAnn,a@x.de\n${'Bob,broken\n'.repeat(700)}`))
  expect(result).toMatchObject({ ok: true, value: { rows: 701, created: 1, invalid: 700 } })
  expect(result.ok && result.value.problems).toHaveLength(200)
})

test('IO-3: progress is told at the start and the end, and in between ten times a second at most', async () => {
  let clock = 0
  const { importer, notices } = setUp(undefined, () => {
    clock += 30
    return clock
  })
  await runAll(importer, fileOf(lines(10_000)))
  expect(notices[0]).toMatchObject({ state: 'running', rows: 10_000, done: 0 })
  expect(notices.at(-1)).toMatchObject({ state: 'done', done: 10_000 })
  // 20 chunks, 30 ms each by this clock: every fourth one may tell.
  expect(notices).toHaveLength(2 + 5)
})

test('IO-3: other work gets its turn between two chunks', async () => {
  const { importer, written } = setUp()
  const seen: number[] = []
  const timer = setInterval(() => seen.push(written.length), 0)
  await runAll(importer, fileOf(lines(5_000)))
  clearInterval(timer)
  expect(new Set(seen.filter((count) => count > 0 && count < 5_000)).size).toBeGreaterThan(2)
})

test('IO-3: cancelling stops after the chunk under way and keeps what was written', async () => {
  const { importer, written } = setUp((chunk) => {
    if (chunk === 2) importer.cancel('import-1')
    return ok(null)
  })
  const result = await runAll(importer, fileOf(lines(5_000)))
  expect(result).toMatchObject({ ok: true, value: { state: 'cancelled', rows: 5_000, done: 1_500, created: 1_500 } })
  expect(written).toHaveLength(1_500)
  importer.cancel('import-1')
  expect(await runAll(importer, fileOf(lines(10)))).toMatchObject({ ok: true, value: { state: 'done' } })
})

test.each([
  ['a refusal', () => fail('forbidden', 'Your role may not create customers.'), 'forbidden'],
  [
    'an exception',
    (): Result<null> => {
      throw new Error('disk full')
    },
    'write_failed',
  ],
])('IO-3: after %s midway the counts say what was written', async (_, refuse, code) => {
  const { importer, written, notices } = setUp((chunk) => (chunk === 3 ? refuse() : ok(null)))
  const result = await runAll(importer, fileOf(lines(5_000)))
  expect(result).toMatchObject({ ok: true, value: { state: 'failed', done: 1_500, created: 1_500, error: { code } } })
  expect(written).toHaveLength(1_500)
  expect(notices.at(-1)).toMatchObject({ state: 'failed' })
})

test.each([
  ['an empty file', fileOf(''), 'empty'],
  ['only a header', fileOf('name,email\n'), 'empty'],
  ['a picture', fileOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])), 'not_text'],
  ['a huge file', { size: 201 * 1024 * 1024, arrayBuffer: async () => new ArrayBuffer(0) }, 'too_large'],
  ['a file that went away', { size: 10, arrayBuffer: () => Promise.reject(new Error('gone')) }, 'unreadable'],
])('IO-1: %s is refused with a sentence, and nothing is written', async (_, file, code) => {
  const { importer, written, notices } = setUp()
  const preview = await importer.preview(file, 'x.csv')
  const run = await importer.run({ file, fileName: 'x.csv', mapping: ['name'] })
  expect(preview).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/\.$/) } })
  expect(run).toEqual(preview)
  expect([written.length, notices.length]).toEqual([0, 0])
})

test.each([
  ['too short', ['name']],
  ['without a name', [null, 'notes']],
] as const)('IO-1: a mapping %s is refused', async (_, mapping) => {
  const { importer, written } = setUp()
  const result = await importer.run({ file: fileOf(lines(3)), fileName: 'x.csv', mapping })
  expect(result).toMatchObject({ ok: false, error: { code: 'mapping' } })
  expect(written).toHaveLength(0)
})

test('IO-3: whatever bytes a file has, the import ends and its counts add up', async () => {
  const csv = fc
    .array(fc.constantFrom('Ann', 'a@x.de', ',', ';', '\n', '"', '0170 1234567', 'ü', ' ', '\r'))
    .map((parts) => `name,email\n${parts.join('')}`)
  await fc.assert(
    fc.asyncProperty(fc.oneof(csv, fc.uint8Array({ maxLength: 300 })), async (content) => {
      const { importer, written } = setUp()
      const result = await runAll(importer, fileOf(content))
      if (!result.ok) {
        expect(written).toHaveLength(0)
        return
      }
      const { rows, done, created, invalid, state } = result.value
      expect(state).toBe('done')
      expect([done, created + invalid]).toEqual([rows, rows])
      expect(written).toHaveLength(created)
    }),
  )
})

test('IO-1: whoever knows a file better than we guess says how to read it, in the preview and in the import', async () => {
  const { importer, written } = setUp()
  // One byte above ASCII, as in the old Mac and DOS code pages, and no header.
  const file = fileOf(
    new Uint8Array([...new TextEncoder().encode('name;Ann|Lee'), 0xe9, ...new TextEncoder().encode('|a@b.example\n')]),
  )
  const reading = { encoding: 'windows-1252', delimiter: '|', hasHeader: false } as const
  const preview = await importer.preview(file, 'list.csv', reading)
  expect(preview).toMatchObject({
    ok: true,
    value: { encoding: 'windows-1252', delimiter: '|', rows: 1, sample: [['name;Ann', 'Leeé', 'a@b.example']] },
  })
  const mapping = ['name' as const, null, 'email' as const]
  expect(await importer.run({ file, fileName: 'list.csv', mapping, reading })).toMatchObject({ ok: true })
  expect(written).toMatchObject([{ name: 'name;Ann', email: 'a@b.example' }])
})
