import { expect, test } from 'vitest'
import type { ImportProgress, ImportSummary, ImportUnderstood } from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createImporter, isMappingUsable } from './import-flow.ts'

const importId = '00000000-0000-4000-8000-000000000001'
const file = { name: 'kunden.csv', size: 10, arrayBuffer: async () => new ArrayBuffer(10) }
const understood: ImportUnderstood = {
  importId,
  fileName: 'kunden.csv',
  encoding: 'utf-8',
  sheet: null,
  sheets: [],
  delimiter: ';',
  hasHeader: true,
  columns: [
    { header: 'Name', target: 'name', confidence: 1, samples: ['Müller'] },
    { header: 'Nr', target: null, confidence: 0, samples: ['1'] },
  ],
  sample: [['Müller', '1']],
  rows: 3,
  remembered: false,
}
const summary: ImportSummary = {
  importId,
  fileName: 'kunden.csv',
  rows: 3,
  kinds: [
    { kind: 'new', rows: 2, action: 'create' },
    { kind: 'invalid', rows: 1, action: 'skip' },
  ],
  planned: { create: 2, updateEmpty: 0, overwrite: 0, skip: 1 },
}
const running: ImportProgress = {
  importId,
  fileName: 'kunden.csv',
  stage: 'import',
  state: 'running',
  rows: 3,
  done: 1,
  counts: { created: 1, updated: 0, unchanged: 0, duplicates: 0, skipped: 0, failed: 0 },
  error: null,
}

function setUp(answers: Readonly<Record<string, Result<unknown> | Promise<Result<unknown>>>> = {}) {
  const asked: { name: string; input: unknown }[] = []
  let notify = (_progress: ImportProgress): void => undefined
  const usual: Readonly<Record<string, Result<unknown>>> = {
    'import.open': ok(understood),
    'import.rehearse': ok(summary),
    'import.apply': ok(running),
    'import.cancel': ok(null),
  }
  const client = {
    request: async (name: string, input: unknown) => {
      asked.push({ name, input })
      return answers[name] ?? usual[name]
    },
    onNotice: (_name: string, listener: (progress: ImportProgress) => void) => {
      notify = listener
      return () => undefined
    },
    onFailure: () => () => undefined,
  } as unknown as ReplicaClient
  const ended: string[] = []
  const importer = createImporter(client, (progress) => ended.push(progress.state))
  return { importer, ended, asked, notify: (progress: ImportProgress) => notify(progress) }
}

async function rehearsed(answers: Parameters<typeof setUp>[0] = {}) {
  const all = setUp(answers)
  await all.importer.read(file)
  await all.importer.rehearse()
  return all
}

test('IO-1: a file that is refused leaves the choice open, with the reason', async () => {
  const { importer } = setUp({ 'import.open': fail('not_text', 'This is a picture, not a CSV file.') })
  await importer.read(file)
  expect(importer.flow.get()).toEqual({ kind: 'choose', problem: 'This is a picture, not a CSV file.' })
})

test('IO-1: a file that the app stumbles over leaves the choice open', async () => {
  const { importer } = setUp({ 'import.open': Promise.reject(new Error('bug')) })
  await importer.read(file)
  expect(importer.flow.get()).toMatchObject({ kind: 'choose', problem: expect.stringContaining('Nothing was written') })
})

test('IO-2: a corrected column is what is rehearsed, and rows that are wrong show first', async () => {
  const { importer, asked } = setUp()
  await importer.read(file)
  importer.setTarget(1, 'notes')
  await importer.rehearse()
  expect(asked.find(({ name }) => name === 'import.rehearse')?.input).toMatchObject({ mapping: ['name', 'notes'] })
  expect(importer.flow.get()).toMatchObject({ kind: 'rehearsal', summary, shown: 'invalid' })
})

test('IO-1: read in another way, a file keeps what was chosen by hand for the columns that are there still', async () => {
  const asWindows = { ...understood, encoding: 'windows-1252' }
  const other = { header: 'N', target: 'address' as const, confidence: 1, samples: [] }
  const readings = [ok({ ...asWindows, columns: [other] }), ok(asWindows)]
  const { importer } = setUp({
    get 'import.reread'() {
      return readings.shift() ?? fail('empty', 'There is nothing in it.')
    },
  })
  await importer.read(file)
  importer.setTarget(0, null)
  importer.setTarget(1, 'notes')
  await importer.reread({ delimiter: '|' })
  expect(importer.flow.get()).toMatchObject({ mapping: ['address'], reading: { delimiter: '|' }, wanted: null })
  await importer.reread({ encoding: 'windows-1252' })
  expect(importer.flow.get()).toMatchObject({ mapping: [null, 'notes'], understood: asWindows })
  await importer.reread({ encoding: 'utf-16le' })
  expect(importer.flow.get()).toMatchObject({
    mapping: [null, 'notes'],
    wanted: { encoding: 'utf-16le' },
    problem: 'There is nothing in it.',
  })
  importer.setTarget(1, 'address')
  expect(importer.flow.get(), 'a column mends no reading').toMatchObject({ problem: 'There is nothing in it.' })
  importer.keepReading()
  expect(importer.flow.get()).toMatchObject({
    mapping: [null, 'address'],
    reading: { encoding: 'windows-1252' },
    wanted: null,
    problem: null,
  })
})

test('IO-1: what was chosen by hand for one sheet is not carried over to another', async () => {
  const { importer } = setUp({ 'import.reread': ok({ ...understood, sheet: 'Old ones' }) })
  await importer.read(file)
  importer.setTarget(0, null)
  await importer.reread({ sheet: 'Old ones' })
  expect(importer.flow.get()).toMatchObject({ mapping: ['name', null], understood: { sheet: 'Old ones' } })
})

test('IO-1: of readings chosen while one is under way the last one counts, and what was overtaken never shows', async () => {
  const first = Promise.withResolvers<Result<unknown>>()
  const answers = [first.promise, ok({ ...understood, encoding: 'utf-16be' })]
  const { importer, asked } = setUp({
    get 'import.reread'() {
      return answers.shift() ?? fail('bug', 'Read too often.')
    },
  })
  await importer.read(file)
  const reading = importer.reread({ encoding: 'windows-1252' })
  await importer.reread({ encoding: 'utf-16le' })
  await importer.reread({ encoding: 'utf-16be' })
  const shown: unknown[] = []
  importer.flow.subscribe(() => shown.push(importer.flow.get()))
  first.resolve(ok({ ...understood, encoding: 'windows-1252' }))
  await reading
  expect(asked.filter(({ name }) => name === 'import.reread').map(({ input }) => input)).toMatchObject([
    { reading: { encoding: 'windows-1252' } },
    { reading: { encoding: 'utf-16be' } },
  ])
  expect(shown).toMatchObject([{ understood: { encoding: 'utf-16be' }, wanted: null }])
})

test('IO-1: a file that is put aside while it is read again does not come back', async () => {
  const late = Promise.withResolvers<Result<unknown>>()
  const { importer } = setUp({ 'import.reread': late.promise })
  await importer.read(file)
  const reading = importer.reread({ encoding: 'utf-16le' })
  importer.startOver()
  late.resolve(ok(understood))
  await reading
  expect(importer.flow.get()).toEqual({ kind: 'choose', problem: null })
})

test('IO-2: a rehearsal that is refused or stopped leads back to the columns', async () => {
  const refused = await rehearsed({ 'import.rehearse': fail('mapping', 'Choose a name.') })
  expect(refused.importer.flow.get()).toMatchObject({ kind: 'columns', problem: 'Choose a name.' })
  refused.importer.setTarget(1, 'email')
  expect(refused.importer.flow.get()).toMatchObject({ kind: 'columns', problem: null })
  const stopped = await rehearsed({ 'import.rehearse': fail('cancelled', 'Stopped.') })
  expect(stopped.importer.flow.get()).toMatchObject({ kind: 'columns', problem: null })
})

test('IO-2: the rehearsal of a file that was put aside meanwhile does not come back', async () => {
  let finish = (_answer: Result<unknown>): void => undefined
  const late = new Promise<Result<unknown>>((resolve) => {
    finish = resolve
  })
  const { importer } = setUp({ 'import.rehearse': late })
  await importer.read(file)
  const rehearsing = importer.rehearse()
  importer.startOver()
  finish(ok(summary))
  await rehearsing
  expect(importer.flow.get()).toEqual({ kind: 'choose', problem: null })
})

test('IO-3: progress of another import is not shown, that of this one is, and its end is the report', async () => {
  const { importer, notify, ended } = await rehearsed()
  await importer.apply()
  notify({ ...running, importId: '00000000-0000-4000-8000-000000000002', done: 3 })
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { done: 1 } })
  notify({ ...running, done: 2 })
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { done: 2 } })
  notify({ ...running, done: 3, state: 'done' })
  expect(importer.flow.get()).toEqual({ kind: 'report', importId, fileName: 'kunden.csv' })
  expect(ended).toEqual(['done'])
})

test('IO-3: an import that is over before its start was answered stays over', async () => {
  let finish = (_answer: Result<unknown>): void => undefined
  const late = new Promise<Result<unknown>>((resolve) => {
    finish = resolve
  })
  const { importer, notify } = await rehearsed({ 'import.apply': late })
  const applying = importer.apply()
  notify({ ...running, state: 'done', done: 3 })
  finish(ok(running))
  await applying
  expect(importer.flow.get()).toMatchObject({ kind: 'report' })
})

test('IO-3: an import that failed can go on, and says why it stopped', async () => {
  const { importer, notify, asked } = await rehearsed({ 'import.resume': ok({ ...running, done: 2 }) })
  await importer.apply()
  notify({ ...running, state: 'failed', error: { code: 'quota', message: 'The disk is full.' } })
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { error: { message: 'The disk is full.' } } })
  await importer.resume()
  expect(asked.at(-1)).toEqual({ name: 'import.resume', input: { importId } })
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { state: 'running', done: 2 } })
})

test('IO-3: stopping one that rests shows its report, since it tells nothing more', async () => {
  const { importer, notify } = await rehearsed()
  await importer.apply()
  notify({ ...running, state: 'paused' })
  await importer.stop()
  expect(importer.flow.get()).toMatchObject({ kind: 'report', importId })
})

test('IO-1: a name, an email or a phone makes a mapping usable', () => {
  expect(isMappingUsable(['notes', 'phone'])).toBe(true)
  expect(isMappingUsable(['notes', 'address', null])).toBe(false)
})
