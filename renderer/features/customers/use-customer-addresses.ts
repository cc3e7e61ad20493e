import { useEffect, useState } from 'react'
import { useReplica } from '../../hooks/use-replica.ts'
import { INITIAL_LIST_STATE, queryOf } from '../../lib/list-state.ts'

/** How long typing rests before addresses are looked for. */
const PAUSE_MS = 120
/** As many of the best hits are looked at. */
const LOOKED_AT = 100
const SHOWN = 6
/** One letter is in every address. */
const SHORTEST = 3

/** Addresses of the company's own customers that fit what is typed: those of most of the best hits first. */
export function useCustomerAddresses(typed: string): readonly string[] {
  const { customers } = useReplica().services
  const [found, setFound] = useState<readonly string[]>([])
  const search = typed.trim().slice(0, 200)
  const isLongEnough = search.length >= SHORTEST
  useEffect(() => {
    if (!isLongEnough) return
    let isCurrent = true
    const timer = setTimeout(() => {
      const query = queryOf({ ...INITIAL_LIST_STATE, search, filter: { address: true } })
      customers.getCustomers(query, { offset: 0, limit: LOOKED_AT }).then(
        ({ rows }) => {
          const hits = rows.filter(({ match }) => (match?.ranges.address ?? []).length > 0)
          if (isCurrent) setFound(mostFrequent(hits.flatMap(({ address }) => address ?? [])))
        },
        // They are a help; an address can be typed without them.
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [customers, search, isLongEnough])
  return isLongEnough ? found.filter((address) => address !== search) : []
}

/** Each once, the most frequent first; equally frequent ones in the order given. */
function mostFrequent(addresses: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([address]) => address)
    .slice(0, SHOWN)
}
