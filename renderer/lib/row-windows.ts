import type { CustomerRow, ListQuery, ListWindow } from '#shared/replica-api/list.ts'

/** What the list shows now. A new object after every change. */
export interface RowWindowsState {
  /** `loading`: nothing was ever received. `failed`: the last answer was an error; old rows stay. */
  readonly kind: 'loading' | 'ready' | 'failed'
  /** Grows when the rows of another query show: the list goes back to its top. */
  readonly queryVersion: number
  readonly total: number
  readonly all: number
  readonly tookMs: number
}

/** Rows of the customer list, fetched in pages around the viewport. */
export interface RowWindows {
  readonly get: () => RowWindowsState
  readonly subscribe: (listener: () => void) => () => void
  /** The row at an index of the shown query, or undefined while its page is on the way. */
  readonly row: (index: number) => CustomerRow | undefined
  /** The index of a customer among the pages held here; null: not in them. */
  readonly indexOf: (id: string) => number | null
  /** Asks another question. The old rows stay until the first answer is here. */
  readonly setQuery: (query: ListQuery) => void
  /** Says which rows are visible (inclusive), so that their pages are fetched. */
  readonly show: (first: number, last: number) => void
  /** The data changed: fetches what is visible again, and the rest when it comes into view. */
  readonly refresh: () => void
  /** Resolves when the rows that show answer the question that was asked last. */
  readonly whenCurrent: () => Promise<void>
  /** Forgets everything, for another user. */
  readonly clear: () => void
}

interface Page {
  readonly generation: number
  readonly epoch: number
  readonly rows: readonly CustomerRow[]
}

/** Rows of a page: more than the tallest screen shows, so that most screens need one or two. */
const PAGE_ROWS = 100
/** Pages kept beyond the visible ones; scrolling back is instant, memory stays bounded. */
const PAGES_KEPT = 60

/**
 * Makes the cache of list rows. Every request is numbered by the query (generation) and by the
 * state of the data (epoch) it was made for; an answer for a query that is no longer asked never
 * shows, whatever order the answers arrive in.
 */
export function createRowWindows(
  fetchWindow: (query: ListQuery, offset: number, limit: number) => Promise<ListWindow>,
  pageRows: number = PAGE_ROWS,
): RowWindows {
  const listeners = new Set<() => void>()
  const pages = new Map<number, Page>()
  const inFlight = new Set<string>()
  let query: ListQuery | null = null
  let generation = 0
  let epoch = 0
  let shownGeneration = -1
  let first = 0
  let last = 0
  let state: RowWindowsState = { kind: 'loading', queryVersion: 0, total: 0, all: 0, tookMs: 0 }

  function tell(next: RowWindowsState): void {
    state = next
    for (const listener of listeners) listener()
  }

  function accept(page: number, forEpoch: number, window: ListWindow): void {
    const isNewQuery = shownGeneration !== generation
    if (isNewQuery) {
      shownGeneration = generation
      pages.clear()
    }
    const held = pages.get(page)
    // Answers may overtake each other: never back to older data.
    if (held !== undefined && held.epoch > forEpoch) return
    pages.set(page, { generation, epoch: forEpoch, rows: window.rows })
    if (pages.size > PAGES_KEPT) dropFarPages()
    tell({
      kind: 'ready',
      queryVersion: isNewQuery ? generation : state.queryVersion,
      total: window.total,
      all: window.all,
      tookMs: window.tookMs,
    })
  }

  function dropFarPages(): void {
    const middle = Math.floor((first + last) / 2 / pageRows)
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const page of byDistance.slice(0, pages.size - PAGES_KEPT)) pages.delete(page)
  }

  async function fetchPage(asked: ListQuery, page: number): Promise<void> {
    const forGeneration = generation
    const forEpoch = epoch
    const key = `${forGeneration}:${forEpoch}:${page}`
    if (inFlight.has(key)) return
    inFlight.add(key)
    try {
      const window = await fetchWindow(asked, page * pageRows, pageRows)
      // An answer for older data is better than none; `fill` asks again for the present.
      if (forGeneration === generation) accept(page, forEpoch, window)
    } catch {
      if (forGeneration === generation) {
        // Counts as answered, or a broken replica would be asked for ever.
        pages.set(page, { generation, epoch: forEpoch, rows: pages.get(page)?.rows ?? [] })
        tell({ ...state, kind: 'failed' })
      }
    } finally {
      inFlight.delete(key)
    }
    if (forGeneration === generation) fill()
  }

  /** Fetches the visible pages that are missing or older than the data. */
  function fill(): void {
    if (query === null) return
    for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page += 1) {
      const held = pages.get(page)
      if (held?.generation === generation && held.epoch === epoch) continue
      void fetchPage(query, page)
    }
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (index) => pages.get(Math.floor(index / pageRows))?.rows[index % pageRows],
    indexOf: (id) => {
      for (const [page, held] of pages) {
        const at = held.rows.findIndex((row) => row.id === id)
        if (at >= 0) return page * pageRows + at
      }
      return null
    },
    setQuery: (next) => {
      query = next
      generation += 1
      first = 0
      last = 0
      fill()
    },
    show: (from, to) => {
      // While another query is on the way the viewport still shows the old rows: its top is wanted, not this place.
      if (shownGeneration !== generation) return
      first = Math.max(0, from)
      last = Math.max(first, to)
      fill()
    },
    refresh: () => {
      epoch += 1
      fill()
    },
    whenCurrent: async () => {
      while (query !== null && shownGeneration !== generation && state.kind !== 'failed') {
        const { promise, resolve } = Promise.withResolvers<void>()
        listeners.add(resolve)
        await promise
        listeners.delete(resolve)
      }
    },
    clear: () => {
      pages.clear()
      query = null
      generation += 1
      first = 0
      last = 0
      tell({ kind: 'loading', queryVersion: generation, total: 0, all: 0, tookMs: 0 })
    },
  }
}
