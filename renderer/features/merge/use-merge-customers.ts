import { useEffect, useState } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** The customers of a merge, and the group of duplicates that the first of them is in. */
export type MergeCustomers =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  /** One of them was merged or deleted. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'ready'; readonly customers: readonly Customer[]; readonly group: DuplicateGroup | null }

/** Reads the customers of a merge, and reads them again whenever the data changes. `ids` are joined by commas. */
export function useMergeCustomers(ids: string): MergeCustomers {
  const { dataVersion } = useReplica()
  const services = useReplica().services
  const version = useStore(dataVersion)
  const [state, setState] = useState<MergeCustomers>({ kind: 'loading' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is what says that the data changed.
  useEffect(() => {
    let isCurrent = true
    const asked = ids.split(',')
    async function read(): Promise<MergeCustomers> {
      const [group, ...details] = await Promise.all([
        services.dedupe.duplicatesOf(asked[0] ?? ''),
        ...asked.map((id) => services.customers.getCustomerById(id)),
      ])
      const customers = details.flatMap((detail) => detail?.customer ?? [])
      return customers.length === asked.length ? { kind: 'ready', customers, group } : { kind: 'gone' }
    }
    read()
      .catch((): MergeCustomers => ({ kind: 'failed' }))
      .then((next) => {
        if (isCurrent) setState(next)
      })
    return () => {
      isCurrent = false
    }
  }, [services, ids, version])

  return state
}
