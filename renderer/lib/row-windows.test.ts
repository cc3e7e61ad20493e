import { expect, test } from 'vitest'
import type { CustomerRow, ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import { createRowWindows } from './row-windows.ts'

const PAGE = 10

function queryOf(search: string): ListQuery {
  return { search, view: 'all', source: null, sort: { by: 'name', direction: 'asc' } }
}

function rowOf(name: string): CustomerRow {
  return {
    id: `id-${name}`,
    name,
    email: null,
    phone: null,
    address: null,
    tags: [],
    source: 'manual',
    ownerId: null,
    createdByUserId: null,
    createdAt: '',
    lastSeenAt: null,
    conversationCount: 0,
    waiting: false,
    attention: false,
    match: null,
  }
}

interface Asked {
  readonly search: string
  readonly offset: number
  /** Answers with rows named `<label><index>`. */
  readonly answer: (label: string, total: number) => Promise<void>
  readonly fail: () => Promise<void>
}

/** A replica whose answers the test gives by hand, in any order. */
function setUp() {
  const asked: Asked[] = []
  const rows = createRowWindows((query, offset, limit) => {
    const { promise, resolve, reject } = Promise.withResolvers<ListWindow>()
    const settled = promise.then(
      () => undefined,
      () => undefined,
    )
    const settle = async (): Promise<void> => {
      await settled
      await new Promise((done) => setImmediate(done))
    }
    asked.push({
      search: query.search,
      offset,
      answer: (label, total) => {
        const count = Math.max(0, Math.min(limit, total - offset))
        const window = Array.from({ length: count }, (_, index) => rowOf(`${label}${offset + index}`))
        resolve({ offset, rows: window, total, all: 1_000, tookMs: 1 })
        return settle()
      },
      fail: () => {
        reject(new Error('gone'))
        return settle()
      },
    })
    return promise
  }, PAGE)
  return { rows, asked, at: (index: number): Asked => asked[index] ?? expect.fail(`no request ${index}`) }
}

test('UI-1: nothing is loaded until the first answer, then its rows show', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf(''))
  expect(rows.get().kind).toBe('loading')
  await at(0).answer('a', 25)
  expect(rows.get()).toMatchObject({ kind: 'ready', total: 25, all: 1_000 })
  expect(rows.row(3)?.name).toBe('a3')
  expect(rows.row(15)).toBeUndefined()
})

test('UI-1: pages are fetched when they come into view, once', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 100)
  rows.show(15, 32)
  rows.show(16, 33)
  expect(asked.map((one) => one.offset)).toEqual([0, 10, 20, 30])
  await at(2).answer('a', 100)
  expect(rows.row(25)?.name).toBe('a25')
})

test('SE-1: an answer for an older query never shows, whatever order the answers arrive in', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf('m'))
  rows.setQuery(queryOf('mu'))
  await at(1).answer('mu', 5)
  await at(0).answer('m', 50)
  expect(rows.get().total).toBe(5)
  expect(rows.row(0)?.name).toBe('mu0')
})

test('SE-1: the old rows stay until the first answer of the new query', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf('m'))
  await at(0).answer('m', 50)
  const before = rows.get().queryVersion
  rows.setQuery(queryOf('mu'))
  expect(rows.row(0)?.name).toBe('m0')
  expect(rows.get().queryVersion).toBe(before)
  await at(1).answer('mu', 2)
  expect(rows.row(0)?.name).toBe('mu0')
  expect(rows.row(2)).toBeUndefined()
  expect(rows.get().queryVersion).toBeGreaterThan(before)
})

test('SE-1: a key pressed before the answer waits for it', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf('m'))
  await at(0).answer('m', 5)
  rows.setQuery(queryOf('mu'))
  let isCurrent = false
  const waiting = rows.whenCurrent().then(() => {
    isCurrent = true
  })
  rows.setQuery(queryOf('mue'))
  await at(1).answer('mu', 3)
  expect(isCurrent).toBe(false)
  await at(2).answer('mue', 2)
  await waiting
  expect(rows.row(0)?.name).toBe('mue0')
  await rows.whenCurrent()
})

test('UI-1: a refresh keeps the rows until newer ones are here, and fetches only what is visible', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('old', 40)
  rows.show(10, 19)
  await at(1).answer('old', 40)
  rows.refresh()
  expect(rows.row(12)?.name).toBe('old12')
  expect(asked).toHaveLength(3)
  expect(at(2).offset).toBe(10)
  await at(2).answer('new', 41)
  expect(rows.row(12)?.name).toBe('new12')
  expect(rows.get().total).toBe(41)
  // Back at the top the page from before the change is fetched again.
  rows.show(0, 9)
  expect(at(3).offset).toBe(0)
})

test('UI-1: an answer from before a change never replaces one from after it', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('first', 10)
  rows.refresh()
  rows.refresh()
  await at(2).answer('newest', 10)
  await at(1).answer('older', 10)
  expect(rows.row(0)?.name).toBe('newest0')
})

test('UI-6: a failed answer says so, keeps the rows, and is not asked again by itself', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 10)
  rows.refresh()
  await at(1).fail()
  expect(rows.get().kind).toBe('failed')
  expect(rows.row(0)?.name).toBe('a0')
  expect(asked).toHaveLength(2)
  rows.refresh()
  await at(2).answer('b', 10)
  expect(rows.get().kind).toBe('ready')
})

test('SY-5: clearing forgets every row, and late answers bring none back', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf(''))
  rows.clear()
  await at(0).answer('a', 10)
  expect(rows.get()).toMatchObject({ kind: 'loading', total: 0 })
  expect(rows.row(0)).toBeUndefined()
})
