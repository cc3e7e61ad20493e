import { useEffect, useState } from 'react'
import { useReplica } from '../../hooks/use-replica.ts'
import { INITIAL_LIST_STATE, queryOf } from '../../lib/list-state.ts'

/** The tags that customers of the company have, the most frequent first; empty until they are known. */
export function useCustomerTags(): readonly string[] {
  const { client } = useReplica()
  const [tags, setTags] = useState<readonly string[]>([])
  useEffect(() => {
    let isCurrent = true
    client.request('customers.facets', { query: queryOf(INITIAL_LIST_STATE) }).then(
      (facets) => {
        if (isCurrent) setTags(facets.tags.map(({ tag }) => tag))
      },
      // They are a help; a tag can be typed without them.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client])
  return tags
}
