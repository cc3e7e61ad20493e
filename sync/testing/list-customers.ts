import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { CustomerSearch, Searched } from '../list/customer-finder.ts'
import { CustomerTable } from '../list/customer-table.ts'

/** Whose table it is. */
export const LIST_USER = '00000000-0000-4000-8000-00000000000a'
/** When the tests of the list play. */
export const LIST_NOW = Date.parse('2026-06-15T12:00:00Z')

/** The id of the customer number `n`. */
export const listId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** The customer number `n`, with a name in the order of the numbers. */
export function listCustomer(n: number, more: Partial<ReplicaCustomer> = {}): ReplicaCustomer {
  return {
    ...emptyCustomer(listId(n), listId(999_999)),
    name: `Anna Berger ${String(n).padStart(4, '0')}`,
    conversationCount: n,
    local: null,
    ...more,
  }
}

/** A table of the customers 0 to `count - 1`, with a real search. */
export function listTable(count: number, more?: (n: number) => Partial<ReplicaCustomer>): CustomerTable {
  const table = new CustomerTable(
    new CustomerSearchIndex(),
    LIST_USER,
    () => LIST_NOW,
    () => 'AU',
  )
  table.apply({ put: Array.from({ length: count }, (_, n) => listCustomer(n, more?.(n))), removed: [] })
  return table
}

/** A search that finds these customers, in this order, whatever is asked. */
export function searchFinding(
  find: () => readonly string[],
  explain: Searched['explain'] = () => ({ why: null, ranges: {} }),
): CustomerSearch {
  return {
    upsertMany: () => {},
    remove: () => {},
    search: () => {
      const ids = find()
      const numbers = Int32Array.from(ids.keys())
      return {
        numbering: { at: (number) => ({ id: ids[number] ?? '' }) },
        numbers,
        best: (limit, fits) => {
          const hits = [...numbers].filter(fits).map((number) => ({ number }))
          return { hits: hits.slice(0, limit), total: hits.length }
        },
        explain,
      }
    },
  }
}
