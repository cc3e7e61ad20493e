import { useCallback, useEffect, useState } from 'react'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import type { ReplicaClient } from '../../lib/replica-client.ts'

/**
 * A list of what needs a person beside customers, asked for again whenever the count changes, and
 * what asks again now. `ask` must be the same function each time.
 */
export function useAskedAgain<T>(ask: (client: ReplicaClient) => Promise<readonly T[]>): {
  readonly items: readonly T[]
  readonly reload: () => void
} {
  const { client, sync } = useReplica()
  const { attention } = useStore(sync)
  const [items, setItems] = useState<readonly T[]>([])

  const reload = useCallback(() => {
    // After a failure they stay as they were; the next status asks again.
    ask(client).then(setItems, () => undefined)
  }, [client, ask])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what says that something changed.
  useEffect(reload, [reload, attention])

  return { items, reload }
}
