import { useEffect, useState } from 'react'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** What happened with a customer, read again whenever the data changes; null while it is read for the first time. */
export function useHistory(customerId: string): CustomerHistory | null {
  const { client, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const [state, setState] = useState<{ readonly of: string; readonly history: CustomerHistory } | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is what says that the data changed.
  useEffect(() => {
    let isCurrent = true
    client.request('customers.history', { id: customerId }).then(
      (history) => {
        if (isCurrent) setState({ of: customerId, history })
      },
      // It stays as it was; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, customerId, version])

  // The history of the customer before must never show under the name of the next.
  return state?.of === customerId ? state.history : null
}
