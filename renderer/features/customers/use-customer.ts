import { useEffect, useState } from 'react'
import type { CustomerProfile } from '#shared/replica-api/detail.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** A customer as a screen has it. The last one stays while the next is read, so that nothing flashes. */
export type CustomerState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly detail: CustomerProfile }

/** Reads a customer, and reads it again whenever the data changes. */
export function useCustomer(id: string): CustomerState {
  const { dataVersion } = useReplica()
  const { customers } = useReplica().services
  const version = useStore(dataVersion)
  const [state, setState] = useState<CustomerState>({ kind: 'loading' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is what says that the data changed.
  useEffect(() => {
    let isCurrent = true
    customers.getCustomerById(id).then(
      (detail) => {
        if (isCurrent) setState(detail === null ? { kind: 'missing' } : { kind: 'ready', detail })
      },
      () => {
        if (isCurrent) setState({ kind: 'failed' })
      },
    )
    return () => {
      isCurrent = false
    }
  }, [customers, id, version])

  return state
}
