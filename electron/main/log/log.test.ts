import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LogFacts, openLog } from './log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'))
  file = join(folder, 'logs/main.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

const now = () => new Date('2026-03-01T10:00:00Z')
const lines = () =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

test('EL-2: an event is a line with its time and its facts', () => {
  const log = openLog({ file, now })
  log.info('app.started', { packaged: true })
  log.warn('process.gone', { exitCode: 9 })
  expect(lines()).toEqual([
    { at: '2026-03-01T10:00:00.000Z', level: 'info', event: 'app.started', packaged: true },
    { at: '2026-03-01T10:00:00.000Z', level: 'warn', event: 'process.gone', exitCode: 9 },
  ])
})

test('EL-2: of an error its class or code is kept, never what it says', () => {
  const log = openLog({ file, now })
  const noSpace = Object.assign(new Error('no space for /home/ada/secrets.json'), { code: 'ENOSPC' })
  const strange = Object.assign(new Error('x'), { code: 'ada@example.com' })
  for (const error of [noSpace, new TypeError('ada@example.com'), strange, 'ada@example.com']) {
    log.warn('ipc.failed', { error })
  }
  expect(lines()).toMatchObject([{ error: 'ENOSPC' }, { error: 'TypeError' }, { error: 'Error' }, { error: 'string' }])
  expect(readFileSync(file, 'utf8')).not.toContain('ada')
})

test('EL-2: text that slips past the types is left out', () => {
  openLog({ file, now }).info('app.started', { customer: 'Ada Lovelace' } as unknown as LogFacts)
  expect(readFileSync(file, 'utf8')).not.toContain('Ada')
})

test('EL-2: a long log is put aside at the next start', () => {
  openLog({ file, now }).info('app.started')
  writeFileSync(file, 'x'.repeat(101))
  openLog({ file, now, maxBytes: 100 }).info('app.started')
  expect(lines()).toHaveLength(1)
  expect(existsSync(`${file}.old`)).toBe(true)
})

test('EL-2: a log that can not be written stops nothing', () => {
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
  expect(() => openLog({ file, now }).info('app.started')).not.toThrow()
})
