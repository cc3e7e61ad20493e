import { expect, test } from 'vitest'
import type { ImportPreview, ImportProgress } from '#shared/replica-api/import.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createImporter, isMappingUsable } from './import-flow.ts'

const file = { name: 'kunden.csv', size: 10, arrayBuffer: async () => new ArrayBuffer(10) }
const preview: ImportPreview = {
  fileName: 'kunden.csv',
  encoding: 'utf-8',
  delimiter: ';',
  headers: ['Name', 'Nr'],
  mapping: ['name', null],
  sample: [['Müller', '1']],
  rows: 3,
}
const running: ImportProgress = {
  importId: 'i1',
  fileName: 'kunden.csv',
  state: 'running',
  rows: 3,
  done: 1,
  created: 1,
  invalid: 0,
  problems: [],
  error: null,
}

function setUp(answers: { preview?: Result<ImportPreview>; run?: Promise<Result<ImportProgress>> }) {
  const asked: { name: string; input: unknown }[] = []
  let notify = (_progress: ImportProgress): void => undefined
  const client = {
    request: async (name: string, input: unknown) => {
      asked.push({ name, input })
      if (name === 'import.preview') return answers.preview ?? ok(preview)
      if (name === 'import.run') return answers.run
      return null
    },
    onNotice: (_name: string, listener: (progress: ImportProgress) => void) => {
      notify = listener
      return () => undefined
    },
    onFailure: () => () => undefined,
  } as unknown as ReplicaClient
  return { importer: createImporter(client), asked, notify: (progress: ImportProgress) => notify(progress) }
}

test('IO-1: a file that is refused leaves the choice open, with the reason', async () => {
  const { importer } = setUp({ preview: fail('not_text', 'This is a picture, not a CSV file.') })
  await importer.read(file)
  expect(importer.flow.get()).toEqual({ kind: 'choose', problem: 'This is a picture, not a CSV file.' })
})

test('IO-1: a corrected column is what is imported', async () => {
  const { importer, asked } = setUp({ run: Promise.resolve(ok({ ...running, state: 'done' })) })
  await importer.read(file)
  importer.setTarget(1, 'notes')
  await importer.start()
  expect(asked.find((one) => one.name === 'import.run')?.input).toMatchObject({ mapping: ['name', 'notes'] })
  expect(importer.flow.get()).toMatchObject({ kind: 'report', progress: { state: 'done' } })
})

test('IO-3: progress shows while it runs, and stopping names the import', async () => {
  const { promise, resolve } = Promise.withResolvers<Result<ImportProgress>>()
  const { importer, asked, notify } = setUp({ run: promise })
  await importer.read(file)
  const ended = importer.start()
  notify(running)
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { done: 1 }, isStopping: false })
  await importer.stop()
  expect(asked.at(-1)).toEqual({ name: 'import.cancel', input: { importId: 'i1' } })
  notify({ ...running, importId: 'another', done: 3 })
  expect(importer.flow.get()).toMatchObject({ kind: 'running', progress: { done: 1 }, isStopping: true })
  resolve(ok({ ...running, state: 'cancelled' }))
  await ended
  expect(importer.flow.get()).toMatchObject({ kind: 'report', progress: { state: 'cancelled' } })
})

test('IO-2: an import that is refused before its first row goes back to the columns', async () => {
  const { importer } = setUp({ run: Promise.resolve(fail('mapping', 'Choose the column that holds the name.')) })
  await importer.read(file)
  await importer.start()
  expect(importer.flow.get()).toMatchObject({ kind: 'columns', problem: 'Choose the column that holds the name.' })
})

test('IO-4: a crash in the middle still reports what was written', async () => {
  const { promise, reject } = Promise.withResolvers<Result<ImportProgress>>()
  const { importer, notify } = setUp({ run: promise })
  await importer.read(file)
  const ended = importer.start()
  notify(running)
  reject(new Error('worker died'))
  await ended
  expect(importer.flow.get()).toMatchObject({ kind: 'report', progress: { state: 'failed', created: 1 } })
})

test('IO-1: a customer can be made from a name, an email or a phone', () => {
  expect(isMappingUsable([null, 'email'])).toBe(true)
  expect(isMappingUsable(['phone'])).toBe(true)
  expect(isMappingUsable(['notes', 'tags', null])).toBe(false)
})
