import { useEffect, useState } from 'react'
import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import { useReplica } from './use-replica.ts'

/** One's own filters and the shared ones, by name; read again when any of them changes, here or elsewhere. */
export function useSavedFilters(): readonly SavedFilter[] {
  const { client } = useReplica()
  const [filters, setFilters] = useState<readonly SavedFilter[]>([])

  useEffect(() => {
    let isCurrent = true
    const read = (): void => {
      client.request('filters.list', null).then(
        (next) => {
          if (isCurrent) setFilters(next.toSorted((a, b) => a.name.localeCompare(b.name)))
        },
        // They stay as they were; the next change asks again.
        () => undefined,
      )
    }
    read()
    const off = client.onNotice('filters.changed', read)
    return () => {
      isCurrent = false
      off()
    }
  }, [client])

  return filters
}
