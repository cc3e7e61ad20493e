import { NO_FIELDS } from '#shared/domain/customer.ts'
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
  const hard = HARD_LIST.map(({ customer }, n) => ({ ...NO_FIELDS, ...customer, id: `hard-${n}` }))
  const generated = makeCustomers(size - hard.length, seed)
  const customers = [...generated, ...hard]
  const random = seededRandom(seed)
  const sameName = groupBy(customers, ({ name }) => name)
  const samePhoneEnd = groupBy(customers, phoneEnd)
  const sameDomain = groupBy(customers, domainOf)
  // Of several people whom what is typed fits alike each is as right as the other.
  const alike = (kind: string, query: string, customer: SearchableCustomer) => {
    if (kind.startsWith('phone')) return samePhoneEnd.get(phoneEnd(customer))
    if (kind !== 'domain and name') return sameName.get(customer.name)
    return sameDomain.get(domainOf(customer))?.filter((other) => hasNames(other, query))
  }
  const queries: RelevanceQuery[] = []
  for (const [kind, typed] of Object.entries(KINDS)) {
    for (let made = 0; made < perKind; ) {
      const customer = pick(random, generated)
      const query = typed(customer, random)
      if (query === null) continue
      const expected = alike(kind, query, customer) ?? [customer]
      queries.push({ kind, query, expected: new Set(expected.map(({ id }) => id)) })
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

const phoneEnd = ({ phone }: SearchableCustomer) => phone?.replace(/\D/g, '').slice(-6) ?? ''
const domainOf = ({ email }: SearchableCustomer) => email?.split('@')[1] ?? ''

/** Whether first and last name are, or begin, as the first and the last word typed. */
function hasNames({ name }: SearchableCustomer, query: string): boolean {
  const [typed, words] = [query.split(' '), name.toLowerCase().split(' ')]
  return words[0] === typed[0] && (words.at(-1) ?? '').startsWith(typed.at(-1) ?? '')
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
