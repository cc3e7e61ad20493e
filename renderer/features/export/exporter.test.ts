import { afterEach, expect, test, vi } from 'vitest'
import { ok } from '#shared/util/result.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createExporter, type ExportChoice } from './exporter.ts'

const choice: ExportChoice = { format: 'csv', scope: { kind: 'some', ids: [] }, columns: [] }

/** An exporter, what it asked for, what it wrote, and the system's dialog, which answers when it is told to. */
function setUp() {
  const asked: string[] = []
  const file: string[] = []
  const pieces = [
    { text: 'Name', done: 1 },
    { text: null, done: 1 },
  ]
  const client = {
    request: async (name: string) => {
      asked.push(name)
      return ok(name === 'export.open' ? { exportId: 'e', rows: 1 } : pieces.shift())
    },
  } as unknown as ReplicaClient
  const dialog = Promise.withResolvers<void>()
  const stream = {
    write: async (text: string) => void file.push(text),
    close: async () => void file.push('closed'),
    abort: async () => void file.push('aborted'),
  }
  vi.stubGlobal('window', {
    showSaveFilePicker: () => dialog.promise.then(() => ({ createWritable: async () => stream })),
  })
  return { exporter: createExporter(client), asked, file, answerDialog: dialog.resolve }
}
afterEach(() => vi.unstubAllGlobals())

test('IO-5: an export is written where the person said', async () => {
  const { exporter, file, answerDialog } = setUp()
  answerDialog()
  await exporter.start(choice)
  expect(file).toEqual(['Name', 'closed'])
})

test('IO-5: an export that is given up while the system asks where to is read out in no session', async () => {
  const { exporter, asked, file, answerDialog } = setUp()
  const starting = exporter.start(choice)
  exporter.stop()
  answerDialog()
  await starting
  expect(asked).toEqual([])
  expect(file).toEqual(['aborted'])
  expect(exporter.state.get()).toEqual({ kind: 'idle', problem: null })
})
