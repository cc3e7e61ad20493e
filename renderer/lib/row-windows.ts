import type { RequestInput } from '#shared/replica-api/contract.ts'
import type { CustomerRow, HeldRows, ListQuery, ListWindow } from '#shared/replica-api/list.ts'

/** What the list shows now. A new object after every change. */
export interface RowWindowsState extends Pick<ListWindow, 'total' | 'all' | 'tookMs' | 'indexing'> {
  /** `loading`: nothing was ever received. `failed`: the last answer was an error; old rows stay. */
  readonly kind: 'loading' | 'ready' | 'failed'
  /** Grows when the rows of another query show: the list goes back to its top. */
  readonly queryVersion: number
  /** All shown rows moved by so many places, each time this is another object: scroll along, and nothing moved. */
  readonly shift: { readonly rows: number }
}

/** Rows of the customer list, fetched in pages around the viewport; all of one version of the list. */
export interface RowWindows {
  readonly get: () => RowWindowsState
  readonly subscribe: (listener: () => void) => () => void
  /** The row at an index of the shown list, or undefined while it is on the way. */
  readonly row: (index: number) => CustomerRow | undefined
  /** The index of a customer among the rows held here; null: not in them. */
  readonly indexOf: (id: string) => number | null
  /** The version of the shown list, for other questions about it. */
  readonly version: () => number | undefined
  /** Asks another question. The old rows stay until the first answer is here. */
  readonly setQuery: (query: ListQuery) => void
  /** Says which rows are visible (inclusive), so that they are fetched; and who tells whether they must stay put. */
  readonly show: (first: number, last: number, isInUse?: () => boolean) => void
  /** The data changed: fetches what is visible again, and the rest when it comes into view. */
  readonly refresh: () => void
  /** Resolves when the rows that show answer the question that was asked last. */
  readonly whenCurrent: () => Promise<void>
  /** Forgets everything, for another user. */
  readonly clear: () => void
}

/** Rows of a page: more than the tallest screen shows, so that most screens need one or two. */
const PAGE_ROWS = 100
/** Rows kept on either side of the visible ones; scrolling back is instant, memory stays bounded. */
const ROWS_KEPT = 3_000
/** Rows are fetched for so many more steps like the last one of who scrolls; and so many pages at most. */
const LEAD = 12
const MOST_LEAD_PAGES = 2
/** What one answer holds at most. */
const MOST_ROWS = 500
/** Rows that are kept in their places when the data changes. */
const MOST_HELD = 200
const NO_SHIFT = { rows: 0 }

/**
 * Makes the cache of list rows. All rows held are of one version of the list, so none shows twice and
 * none is missing while somebody scrolls through it. When the data changes the visible rows are asked
 * for anew, and stay where they are on the screen; the answer replaces everything at once. An answer
 * for a query that is no longer asked never shows, whatever order the answers arrive in.
 */
export function createRowWindows(
  fetchWindow: (input: RequestInput<'customers.window'>) => Promise<ListWindow>,
  pageRows: number = PAGE_ROWS,
): RowWindows {
  const listeners = new Set<() => void>()
  const rows = new Map<number, CustomerRow>()
  /** Pages asked for, of the present version. */
  const asked = new Set<number>()
  let query: ListQuery | null = null
  /** Counts the queries; `shown`: the one whose rows show. */
  let generation = 0
  let shown = -1
  let version: number | undefined
  /** The query whose list is being made anew; `isDue`: once more afterwards. */
  let renewing = -1
  let isDue = false
  let first = 0
  let last = 0
  /** Rows that the last step of the scrolling went; a jump counts as none. */
  let pace = 0
  let isFetching = false
  let isInUse = (): boolean => true
  let state: RowWindowsState = {
    kind: 'loading',
    queryVersion: 0,
    total: 0,
    all: 0,
    tookMs: 0,
    indexing: undefined,
    shift: NO_SHIFT,
  }

  function tell(next: RowWindowsState): void {
    state = next
    for (const listener of listeners) listener()
  }

  /** Asks for the list as it is now, around what is visible. */
  async function renew(): Promise<void> {
    if (query === null) return
    if (renewing === generation) {
      isDue = true
      return
    }
    const of = generation
    const isNew = shown !== of
    const held = isNew ? undefined : heldRows()
    renewing = of
    isDue = false
    try {
      const limit = Math.min(MOST_ROWS, Math.max(pageRows, last - first + 1))
      const window = await fetchWindow({ query, offset: isNew ? 0 : first, limit, ...(held && { held }) })
      if (of !== generation) return
      renewing = -1
      accept(window, held)
    } catch {
      if (of !== generation) return
      renewing = -1
      // Counts as answered, or a broken replica would be asked for ever.
      isDue = false
      tell({ ...state, kind: 'failed' })
      return
    }
    if (isDue) void renew()
    else fill()
  }

  function accept(window: ListWindow, held: HeldRows | undefined): void {
    const isNewQuery = shown !== generation
    const moved = held === undefined || window.heldFirst === null ? 0 : window.heldFirst - held.first
    shown = generation
    version = window.version
    rows.clear()
    asked.clear()
    put(window)
    first += moved
    last += moved
    const { total, all, tookMs, indexing } = window
    const queryVersion = isNewQuery ? generation : state.queryVersion
    const shift = moved === 0 ? state.shift : { rows: moved }
    tell({ kind: 'ready', queryVersion, total, all, tookMs, indexing, shift })
  }

  function put(window: ListWindow): void {
    for (const [n, row] of window.rows.entries()) rows.set(window.offset + n, row)
    if (rows.size < 3 * ROWS_KEPT) return
    for (const index of rows.keys()) {
      if (index >= first - ROWS_KEPT && index <= last + ROWS_KEPT) continue
      rows.delete(index)
      asked.delete(Math.floor(index / pageRows))
    }
  }

  /** The visible rows, where somebody is at work on them. */
  function heldRows(): HeldRows | undefined {
    if (version === undefined || !isInUse()) return undefined
    let from = first
    while (from <= last && !rows.has(from)) from += 1
    const ids: string[] = []
    for (let row = rows.get(from); row !== undefined && from + ids.length <= last; row = rows.get(from + ids.length)) {
      if (ids.length === MOST_HELD) break
      ids.push(row.id)
    }
    return ids.length === 0 ? undefined : { version, first: from, ids }
  }

  /** Fetches pages `from .. to`, then what is wanted by then. */
  async function fetchPages(of: ListQuery, from: number, to: number): Promise<void> {
    const forVersion = version
    for (let page = from; page <= to; page += 1) asked.add(page)
    isFetching = true
    try {
      const limit = (to - from + 1) * pageRows
      const window = await fetchWindow({ query: of, offset: from * pageRows, limit, version: forVersion })
      if (forVersion !== version) return
      if (window.version === version) {
        put(window)
        tell({ ...state })
      } else {
        // The worker has forgotten this version.
        void renew()
      }
    } catch {
      if (forVersion === version) tell({ ...state, kind: 'failed' })
    } finally {
      isFetching = false
      fill()
    }
  }

  /**
   * Fetches the pages around the visible rows, and ahead of them, that have never been asked for. One
   * request at a time: who scrolls faster than the answers come is not waiting for those passed by.
   */
  function fill(): void {
    // What is asked for of a list that is just being made anew would be thrown away.
    if (query === null || shown !== generation || isFetching || renewing === generation) return
    const half = Math.floor(pageRows / 2)
    const most = MOST_LEAD_PAGES * pageRows
    const lead = Math.max(-most, Math.min(most, pace * LEAD))
    const from = Math.max(0, first - half + Math.min(0, lead))
    const to = Math.min(state.total - 1, last + half + Math.max(0, lead))
    const missing: number[] = []
    for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page += 1) {
      if (!asked.has(page) && isMissing(page)) missing.push(page)
    }
    const start = missing[0]
    if (start === undefined) return
    let end = start
    while (missing.includes(end + 1) && (end + 2 - start) * pageRows <= MOST_ROWS) end += 1
    void fetchPages(query, start, end)
  }

  function isMissing(page: number): boolean {
    const end = Math.min(state.total, (page + 1) * pageRows)
    for (let index = page * pageRows; index < end; index += 1) if (!rows.has(index)) return true
    return false
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    row: (index) => rows.get(index),
    indexOf: (id) => {
      for (const [index, row] of rows) if (row.id === id) return index
      return null
    },
    version: () => version,
    setQuery: (next) => {
      query = next
      generation += 1
      first = 0
      last = 0
      pace = 0
      void renew()
    },
    show: (from, to, inUse = isInUse) => {
      // While another query is on the way the viewport still shows the old rows: its top is wanted, not this place.
      if (shown !== generation) return
      pace = Math.abs(from - first) > pageRows ? 0 : from - first
      first = Math.max(0, from)
      last = Math.max(first, to)
      isInUse = inUse
      fill()
    },
    refresh: () => void renew(),
    whenCurrent: async () => {
      while (query !== null && shown !== generation && state.kind !== 'failed') {
        const { promise, resolve } = Promise.withResolvers<void>()
        listeners.add(resolve)
        await promise
        listeners.delete(resolve)
      }
    },
    clear: () => {
      rows.clear()
      asked.clear()
      query = null
      version = undefined
      generation += 1
      first = 0
      last = 0
      pace = 0
      const queryVersion = generation
      tell({ kind: 'loading', queryVersion, total: 0, all: 0, tookMs: 0, indexing: undefined, shift: NO_SHIFT })
    },
  }
}
