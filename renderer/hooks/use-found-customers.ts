import { useEffect, useState } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { INITIAL_LIST_STATE, queryOf } from '../lib/list-state.ts'
import { useServices } from './use-services.ts'

const SHOWN = 12

/** What the list's own search finds first, while something is typed; the last answer stays until the next one is here. */
export function useFoundCustomers(typed: string): readonly CustomerRow[] {
  const { customers } = useServices()
  const [found, setFound] = useState<readonly CustomerRow[]>([])
  const search = typed.trim().slice(0, 200)
  useEffect(() => {
    if (search === '') return
    let isCurrent = true
    const query = queryOf({ ...INITIAL_LIST_STATE, search })
    customers.getCustomers(query, { offset: 0, limit: SHOWN }).then(
      (window) => {
        if (isCurrent) setFound(window.rows)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [customers, search])
  return search === '' ? NONE : found
}

const NONE: readonly CustomerRow[] = []
