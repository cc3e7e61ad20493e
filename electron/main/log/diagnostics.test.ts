import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeForSupport, type MachineFacts } from './diagnostics.ts'
import { type LogEvent, type LogFacts, openLog } from './log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagnostics-'))
  file = join(folder, 'main.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

const FACTS: MachineFacts = {
  version: '1.2.3',
  packaged: true,
  platform: 'linux',
  release: '6.1',
  arch: 'x64',
  memoryMb: 8_000,
  versions: { electron: '45', chrome: '140', node: '24', secretary: 'ada@example.com' },
}
const now = () => new Date('2026-03-01T10:00:00Z')

test('EL-2: support gets the facts and what happened', () => {
  openLog({ file, now }).warn('process.gone', { exitCode: 9 })
  expect(JSON.parse(describeForSupport(FACTS, file))).toEqual({
    ...FACTS,
    versions: { electron: '45', chrome: '140', node: '24' },
    log: [{ at: '2026-03-01T10:00:00.000Z', level: 'warn', event: 'process.gone', exitCode: 9 }],
  })
})

test('EL-2: names, addresses and numbers planted everywhere are not in it', () => {
  const planted = ['Ada Lovelace', 'ada@example.com', '+61 400 000 000', '12 Analytical Street', 'lovelace']
  const log = openLog({ file, now })
  for (const text of planted) {
    log.warn('ipc.failed', { error: new Error(text) })
    log.warn('ipc.failed', { error: Object.assign(new Error(text), { code: text, path: text }) })
    log.info('app.started', { [text]: true, customer: text } as unknown as LogFacts)
    log.info(text as LogEvent)
    appendFileSync(file, `${text}\n${JSON.stringify({ at: text, level: 'info', event: 'app.quit' })}\n`)
    appendFileSync(
      file,
      `${JSON.stringify({ at: now().toISOString(), level: 'info', event: 'app.quit', error: text })} ${text}\n`,
    )
  }
  log.info('app.quit')
  const bundle = describeForSupport(FACTS, file)
  for (const text of planted) expect(bundle).not.toContain(text)
  expect(bundle).toContain('app.quit')
})

test('EL-2: a log that is not there is no reason to give nothing', () => {
  expect(JSON.parse(describeForSupport(FACTS, join(folder, 'none')))).toMatchObject({ version: '1.2.3', log: [] })
})
