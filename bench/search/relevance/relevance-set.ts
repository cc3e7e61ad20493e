import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { makeCustomers } from '../customers.ts'
import { pick, seededRandom } from '../random.ts'
import { KINDS } from './generated-queries.ts'
import { HARD_LIST } from './hard-list.ts'

/** What is typed, and whom it must find: more than one where customers can't be told apart by it. */
export interface RelevanceQuery {
  readonly kind: string
  readonly query: string
  readonly expected: ReadonlySet<string>
}

export interface RelevanceSet {
  readonly customers: readonly SearchableCustomer[]
  readonly queries: readonly RelevanceQuery[]
}

/** A base with the hand-written hard cases in it, and what is asked of it; the same for the same seed. */
export function makeRelevanceSet(size: number, perKind: number, seed = 23): RelevanceSet {
  const hard = HARD_LIST.map(({ customer }, n) => ({ ...EMPTY, ...customer, id: `hard-${n}` }))
  const generated = makeCustomers(size - hard.length, seed)
  const customers = [...generated, ...hard]
  const random = seededRandom(seed)
  const sameName = groupBy(customers, ({ name }) => name)
  const samePhoneEnd = groupBy(customers, ({ phone }) => phone?.replace(/\D/g, '').slice(-6) ?? '')
  const queries: RelevanceQuery[] = []
  for (const [kind, typed] of Object.entries(KINDS)) {
    for (let made = 0; made < perKind; ) {
      const customer = pick(random, generated)
      const query = typed(customer, random)
      // Of several people of one name each is as right as the other.
      const alike = kind.startsWith('phone')
        ? samePhoneEnd.get(customer.phone?.replace(/\D/g, '').slice(-6) ?? '')
        : sameName.get(customer.name)
      if (query === null) continue
      queries.push({ kind, query, expected: new Set((alike ?? [customer]).map(({ id }) => id)) })
      made++
    }
  }
  for (const [n, { queries: byKind }] of HARD_LIST.entries()) {
    for (const [kind, list] of Object.entries(byKind)) {
      for (const query of list) queries.push({ kind: `by hand: ${kind}`, query, expected: new Set([`hard-${n}`]) })
    }
  }
  return { customers, queries }
}

const EMPTY = { email: null, phone: null, address: null, notes: null, tags: [] }

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
