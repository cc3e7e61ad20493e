import { useEffect, useState } from 'react'
import type { ListFacets } from '#shared/replica-api/list.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { queryOf } from '../../lib/list-state.ts'

/** The counts by filter value for the list as it is set up, read again whenever it or the data changes; null: not yet. */
export function useFacets(): ListFacets | null {
  const { client, list, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const { search, filter } = useStore(list)
  const [facets, setFacets] = useState<ListFacets | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what says that the counts are others.
  useEffect(() => {
    let isCurrent = true
    client.request('customers.facets', { query: queryOf(list.get()) }).then(
      (next) => {
        if (isCurrent) setFacets(next)
      },
      // The counts stay as they were; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, list, search, filter, version])

  return facets
}
