import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { halfOf } from './half-files.ts'
import { dropWithPage, openSavedFiles } from './saved-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function setUp(place = (name: string): string | null => join(folder, name)) {
  const sayNotSaved = vi.fn()
  const log = { info: vi.fn(), warn: vi.fn() }
  const noted = new Set<string>()
  const files = openSavedFiles({
    choose: async (name) => place(name),
    sayNotSaved,
    halves: { add: (path) => void noted.add(path), delete: (path) => void noted.delete(path) },
    log,
  })
  return { sayNotSaved, log, noted, files }
}

/** The id of a file that was agreed to. */
async function opened(files: ReturnType<typeof openSavedFiles>, name: string): Promise<string> {
  const id = await files.open(name)
  if (id === null) throw new Error('given up')
  return id
}

test('EL-2: a file appears whole where the person wanted it, over the one that was there', async () => {
  const { files, noted } = setUp()
  writeFileSync(join(folder, 'customers.csv'), 'of yesterday')
  const id = await opened(files, 'customers.csv')
  await files.write(id, 'Name\r\n')
  // What a crash would leave now is remembered.
  expect(readdirSync(folder).filter((name) => noted.has(join(folder, name)))).toHaveLength(1)
  await files.write(id, 'Jürgen\r\n')
  expect(readFileSync(join(folder, 'customers.csv'), 'utf8')).toBe('of yesterday')
  expect(await files.end(id, true)).toEqual({ ok: true, value: null })
  expect(readFileSync(join(folder, 'customers.csv'), 'utf8')).toBe('Name\r\nJürgen\r\n')
  expect(readdirSync(folder)).toEqual(['customers.csv'])
  expect(noted.size).toBe(0)
})

test('EL-2: given up in the dialog, stopped on the way, or ended with the app: nothing stays', async () => {
  const { files, noted } = setUp()
  expect(await setUp(() => null).files.open('x.csv')).toBeNull()
  const stopped = await opened(files, 'stopped.csv')
  await files.write(stopped, 'half')
  await files.end(stopped, false)
  const running = await opened(files, 'running.csv')
  await files.write(running, 'half')
  expect(readdirSync(folder)).toHaveLength(1)
  files.drop()
  expect(readdirSync(folder)).toEqual([])
  expect(noted.size).toBe(0)
})

test.each([
  ['is loaded anew', 'did-navigate'],
  ['crashes', 'render-process-gone'],
  ['is closed', 'destroyed'],
])('EL-2: nothing stays of what a page was saving that %s; another screen of it goes on', async (_, event) => {
  const { files, sayNotSaved } = setUp()
  const contents = new EventEmitter()
  dropWithPage(contents as unknown as Parameters<typeof dropWithPage>[0], files)
  const id = await opened(files, 'customers.csv')
  await files.write(id, 'half')
  contents.emit('did-navigate-in-page')
  expect(readdirSync(folder)).toHaveLength(1)
  contents.emit(event)
  expect(readdirSync(folder)).toEqual([])
  expect(await files.write(id, 'more')).toMatchObject({ ok: false })
  expect(sayNotSaved).not.toHaveBeenCalled()
})

test('EL-2: what can not be written is told to the person and leaves nothing', async () => {
  const { files, sayNotSaved, log } = setUp((name) => join(folder, 'gone', name))
  const id = await opened(files, 'x.csv')
  expect(await files.write(id, 'text')).toMatchObject({ ok: false, error: { code: 'not_saved' } })
  expect(sayNotSaved).toHaveBeenCalledOnce()
  expect(log.warn).toHaveBeenCalledWith('file.unsaved', expect.anything())
  expect(await files.end(id, true)).toMatchObject({ ok: false })
  // A folder has taken the name meanwhile.
  const taken = setUp()
  mkdirSync(join(folder, 'taken', 'full'), { recursive: true })
  const late = await opened(taken.files, 'taken')
  await taken.files.write(late, 'text')
  expect((await taken.files.end(late, true)).ok).toBe(false)
  expect(readdirSync(folder)).toEqual(['taken'])
})

test('EL-1: a file of somebody else that has the name of our half stays', async () => {
  const { files, noted } = setUp()
  const id = await opened(files, 'customers.csv')
  const other = halfOf(join(folder, 'customers.csv'), id)
  writeFileSync(other, 'of somebody else')
  expect((await files.write(id, 'text')).ok).toBe(false)
  const dropped = await opened(files, 'customers.csv')
  writeFileSync(halfOf(join(folder, 'customers.csv'), dropped), 'of somebody else')
  files.drop()
  expect(readdirSync(folder)).toHaveLength(2)
  expect(readFileSync(other, 'utf8')).toBe('of somebody else')
  expect(noted.size).toBe(0)
})

test('EL-1: the page names no place: its name is offered without anything of a path, and other ids are refused', async () => {
  const offered: string[] = []
  const { files } = setUp((name) => {
    offered.push(name)
    return null
  })
  for (const name of ['../../.bashrc', 'C:\\Windows\\x.dll', '/etc/passwd', 'a\u0000b.csv', 'CON: <1>.csv']) {
    await files.open(name)
  }
  expect(offered).toEqual(['-..-.bashrc', 'C--Windows-x.dll', '-etc-passwd', 'a-b.csv', 'CON- -1-.csv'])
  expect(await files.write('11111111-1111-4111-8111-111111111111', 'x')).toMatchObject({ ok: false })
})
