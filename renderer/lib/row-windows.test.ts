import { expect, test } from 'vitest'
import { NO_FIELDS } from '#shared/domain/customer.ts'
import type { CustomerRow, HeldRows, ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import { createRowWindows } from './row-windows.ts'

const PAGE = 10

function queryOf(search: string): ListQuery {
  return { search, filter: {}, sort: { by: 'name', direction: 'asc' } }
}

function rowOf(name: string): CustomerRow {
  return {
    id: `id-${name}`,
    name,
    ...NO_FIELDS,
    source: 'manual',
    createdByUserId: null,
    createdAt: '',
    updatedAt: '',
    lastSeenAt: null,
    phoneText: null,
    conversationCount: 0,
    waiting: false,
    duplicate: false,
    attention: false,
    match: null,
  }
}

interface Asked {
  readonly search: string
  readonly offset: number
  readonly version: number | undefined
  readonly held: HeldRows | undefined
  /** Answers with rows named `<label><index>`; of the version asked for, or of version 1. */
  readonly answer: (label: string, total: number, more?: Partial<ListWindow>) => Promise<void>
  readonly fail: () => Promise<void>
}

/** A replica whose answers the test gives by hand, in any order. */
function setUp() {
  const asked: Asked[] = []
  const rows = createRowWindows(({ query, offset, limit, version, held }) => {
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
      version,
      held,
      answer: (label, total, more) => {
        const count = Math.max(0, Math.min(limit, total - offset))
        const window = Array.from({ length: count }, (_, index) => rowOf(`${label}${offset + index}`))
        resolve({
          version: version ?? 1,
          offset,
          rows: window,
          heldFirst: held?.first ?? null,
          total,
          all: 1_000,
          tookMs: 1,
          ...more,
        })
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
  rows.show(15, 32)
  await at(1).answer('a', 100)
  expect(asked.map((one) => one.offset)).toEqual([0, 10])
  for (const index of [15, 25, 32]) expect(rows.row(index)?.name).toBe(`a${index}`)
})

test('UI-1: who scrolls faster than the answers come does not wait for the pages passed by', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 1_000)
  for (let first = 100; first <= 900; first += 100) rows.show(first, first + 5)
  expect(asked.map((one) => one.offset)).toEqual([0, 90])
  await at(1).answer('a', 1_000)
  expect(asked.map((one) => one.offset)).toEqual([0, 90, 890])
  await at(2).answer('a', 1_000)
  expect(rows.row(905)?.name).toBe('a905')
  expect(rows.row(500)).toBeUndefined()
})

test('UI-1: the faster somebody scrolls, the further ahead rows are fetched, upwards too', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 1_000)
  rows.show(500, 505)
  await at(1).answer('a', 1_000)
  rows.show(503, 508)
  await at(2).answer('a', 1_000)
  expect(rows.row(533)?.name).toBe('a533')
  rows.show(499, 504)
  await at(3).answer('a', 1_000)
  expect(rows.row(475)?.name).toBe('a475')
  expect(asked).toHaveLength(4)
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
  rows.show(10, 14)
  await at(1).answer('old', 40)
  rows.refresh()
  expect(rows.row(12)?.name).toBe('old12')
  expect(asked).toHaveLength(3)
  expect(at(2).offset).toBe(10)
  await at(2).answer('new', 41, { version: 2 })
  expect(rows.row(12)?.name).toBe('new12')
  expect(rows.get().total).toBe(41)
  // Back at the top the page from before the change is fetched again.
  rows.show(0, 9)
  expect(at(3).offset).toBe(0)
})

test('UI-1: changes while the list is being made anew make it once more, not once each', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('first', 10)
  rows.refresh()
  rows.refresh()
  rows.refresh()
  await at(1).answer('older', 10, { version: 2 })
  expect(rows.row(0)?.name).toBe('older0')
  await at(2).answer('newest', 10, { version: 3 })
  expect(rows.row(0)?.name).toBe('newest0')
  expect(asked).toHaveLength(3)
})

test('UI-1: what is on the screen is held when the data changes, and the list moves along', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 100)
  rows.show(30, 34)
  await at(1).answer('a', 100)
  rows.refresh()
  expect(at(2).held).toEqual({ version: 1, first: 30, ids: [30, 31, 32, 33, 34].map((n) => `id-a${n}`) })
  const before = rows.get().shift
  await at(2).answer('b', 103, { version: 2, heldFirst: 33, offset: 33 })
  expect(rows.get().shift).toEqual({ rows: 3 })
  expect(rows.get().shift).not.toBe(before)
  expect(rows.row(33)?.name).toBe('b30')
  expect(rows.row(30)).toBeUndefined()
})

test('UI-1: a list that nobody uses is not held', async () => {
  const { rows, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 5)
  rows.show(0, 4, () => false)
  rows.refresh()
  expect(at(1).held).toBeUndefined()
})

test('UI-1: a page of an older list is never mixed in; a list that the worker has forgotten is asked for anew', async () => {
  const { rows, asked, at } = setUp()
  rows.setQuery(queryOf(''))
  await at(0).answer('a', 100)
  rows.show(20, 24)
  rows.refresh()
  const renewal = at(asked.length - 1)
  const pages = asked.slice(1, -1)
  expect(pages.map((one) => one.version)).toEqual(pages.map(() => 1))
  await renewal.answer('b', 100, { version: 2 })
  for (const page of pages) await page.answer('a', 100)
  expect(rows.row(20)?.name).toBe('b20')
  expect(rows.row(25)?.name).toBe('b25')
  rows.show(60, 64)
  const late = at(asked.length - 1)
  expect(late.version).toBe(2)
  await late.answer('c', 100, { version: 3 })
  expect(rows.row(late.offset)).toBeUndefined()
  expect(at(asked.length - 1).version).toBeUndefined()
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
