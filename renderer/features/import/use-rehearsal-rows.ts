import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ImportKind, ImportRow } from '#shared/replica-api/import.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'
import { createStore, type Store } from '../../lib/store.ts'

/** Rows asked for at a time. */
const PAGE = 100

/** Rows of the rehearsal by their place in what is shown. */
export interface RehearsalRows {
  readonly total: number
  readonly at: (index: number) => ImportRow | undefined
  /** Asks for the rows of a stretch that aren't there yet. */
  readonly need: (first: number, last: number) => void
  /** Those that were read so far, in the order of the file. */
  readonly known: () => readonly ImportRow[]
}

interface Pages {
  readonly total: number
  readonly rows: ReadonlyMap<number, ImportRow>
}

/** Reads pages of rows as they are needed; an older set of rows shows until the first page of the next is there. */
export function useRehearsalRows(
  importId: string,
  kind: ImportKind | null,
  search: string,
  version: number,
): RehearsalRows {
  const { client } = useReplica()
  const shown = useMemo(() => createStore<Pages>({ total: 0, rows: new Map() }), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a change the same rows are asked for again.
  const reader = useMemo(
    () => pageReader(client, shown, { importId, kind, search }),
    [client, shown, importId, kind, search, version],
  )
  useEffect(() => {
    reader.start()
    return reader.stop
  }, [reader])
  const { total, rows } = useSyncExternalStore(shown.subscribe, shown.get)
  return {
    total,
    at: (index) => rows.get(index),
    need: reader.need,
    known: () => [...rows.values()].sort((a, b) => a.row - b.row),
  }
}

function pageReader(
  client: ReplicaClient,
  shown: Store<Pages>,
  of: { readonly importId: string; readonly kind: ImportKind | null; readonly search: string },
) {
  const asked = new Set<number>()
  let rows: Map<number, ImportRow> | null = null
  let isCurrent = true
  let wanted: readonly [number, number] = [0, 0]

  async function read(page: number): Promise<void> {
    if (asked.has(page)) return
    asked.add(page)
    const offset = page * PAGE
    const answer = await client.request('import.rows', { ...of, offset, limit: PAGE }).catch(() => null)
    if (!isCurrent) return
    // What failed is asked for again when it is needed again.
    if (answer?.ok !== true) {
      asked.delete(page)
      return
    }
    rows = new Map(rows)
    for (const [index, row] of answer.value.rows.entries()) rows.set(offset + index, row)
    shown.set({ total: answer.value.total, rows })
  }

  const need = (first: number, last: number): void => {
    wanted = [first, last]
    if (!isCurrent) return
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) void read(page)
  }
  return {
    need,
    start: () => {
      isCurrent = true
      void read(0)
      need(...wanted)
    },
    stop: () => {
      isCurrent = false
      asked.clear()
    },
  }
}
