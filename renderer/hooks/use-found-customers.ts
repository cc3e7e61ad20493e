import { useEffect, useState } from 'react'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { INITIAL_LIST_STATE, queryOf } from '../lib/list-state.ts'
import { useReplica } from './use-replica.ts'

/** Rows that a search found. */
export interface FoundCustomers {
  readonly rows: readonly CustomerRow[]
  /** Whether this is the answer to what stands in the field: until then Enter must not take one of them. */
  readonly isAnswer: boolean
}

/** What the list's own search finds first, while something is typed; the last answer stays until the next one is here. */
export function useFoundCustomers(typed: string, limit = 12): FoundCustomers {
  const { customers } = useReplica().services
  const [found, setFound] = useState({ search: '', rows: NONE })
  const search = typed.trim().slice(0, 200)
  useEffect(() => {
    if (search === '') return
    let isCurrent = true
    const query = queryOf({ ...INITIAL_LIST_STATE, search })
    customers.getCustomers(query, { offset: 0, limit }).then(
      (window) => {
        if (isCurrent) setFound({ search, rows: window.rows })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [customers, search, limit])
  return { rows: search === '' ? NONE : found.rows, isAnswer: search === '' || search === found.search }
}

const NONE: readonly CustomerRow[] = []
