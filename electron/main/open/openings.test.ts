import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { collectOpenings } from './openings.ts'
import { readTableFile } from './read-table-file.ts'

const ID = '0d6f1e6a-53a7-4a52-8f3b-0a54cbb4ba2e'
let folder: string
let csv: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openings-'))
  csv = join(folder, 'Customers 2026.CSV')
  writeFileSync(csv, 'name\nAda\n')
  writeFileSync(join(folder, 'id_rsa'), 'secret')
  mkdirSync(join(folder, 'folder.csv'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function setUp() {
  const log = { info: vi.fn(), warn: vi.fn() }
  const changed = vi.fn()
  return { log, changed, openings: collectOpenings(log, changed) }
}
const FILE = { kind: 'file', name: 'Customers 2026.CSV', bytes: new TextEncoder().encode('name\nAda\n') }

test('EL-2: a start with a file and a link among its switches opens both, once', () => {
  const { openings, changed, log } = setUp()
  openings.commandLine(['--no-sandbox', '.', csv, `tradesphere://customer/${ID}`, 'https://example.com/'], '/')
  expect(openings.take()).toEqual([FILE, { kind: 'customer', id: ID }])
  expect(openings.take()).toEqual([])
  expect(changed).toHaveBeenCalledTimes(2)
  expect(log.warn).not.toHaveBeenCalled()
})

test('EL-2: a start from a terminal means the files of its own folder', () => {
  const { openings } = setUp()
  openings.commandLine(['./Customers 2026.CSV'], folder)
  expect(openings.take()).toEqual([FILE])
})

test('EL-1: a link that is none of ours is refused and logged', () => {
  const { openings, changed, log } = setUp()
  openings.link('tradesphere://customer/../../etc')
  expect([openings.take(), changed.mock.calls.length]).toEqual([[], 0])
  expect(log.warn).toHaveBeenCalledExactlyOnceWith('opening.refused')
})

test('EL-1: only tables are read, and of them files only', () => {
  expect(readTableFile(join(folder, 'id_rsa'))).toBeNull()
  expect(readTableFile('/etc/passwd')).toBeNull()
  expect(readTableFile(join(folder, 'folder.csv'))).toEqual({ kind: 'refused', reason: 'fileUnreadable' })
  expect(readTableFile(join(folder, 'gone.csv'))).toEqual({ kind: 'refused', reason: 'fileUnreadable' })
  expect(readTableFile(`${csv}\0.csv`)).toEqual({ kind: 'refused', reason: 'fileUnreadable' })
  expect(readTableFile(csv, 8)).toEqual({ kind: 'refused', reason: 'fileTooLarge' })
})

test.runIf(process.platform === 'linux')('EL-1: a device behind a harmless name is not read', () => {
  symlinkSync('/dev/zero', join(folder, 'zero.csv'))
  expect(readTableFile(join(folder, 'zero.csv'))).toEqual({ kind: 'refused', reason: 'fileUnreadable' })
})

test('EL-1: a flood of links keeps the latest only', () => {
  const { openings } = setUp()
  for (let n = 0; n < 50; n += 1) openings.add({ kind: 'screen', screen: n === 49 ? 'import' : 'attention' })
  const taken = openings.take()
  expect(taken).toHaveLength(20)
  expect(taken.at(-1)).toEqual({ kind: 'screen', screen: 'import' })
})
