import uFuzzy from '@leeoniya/ufuzzy'
import Fuse, { type IFuseOptions } from 'fuse.js'
import MiniSearch from 'minisearch'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import type { FirstHits } from './score.ts'

/** Hits that are looked at. */
const LIMIT = 50
const FIELDS = ['name', 'email', 'phone', 'address', 'notes', 'tags'] as const

/** A library over the same customers, set up as its documentation says for a list of people. */
export interface Library {
  readonly name: string
  readonly make: (customers: readonly SearchableCustomer[]) => FirstHits
}

/** As its documentation sets it up: the query is one pattern. */
const plainFuse: Library = { name: 'Fuse.js', make: (customers) => fuseOver(customers, {}) }

/** Word by word: finds far more, at ten times the cost. */
const fuseByWord: Library = {
  name: 'Fuse.js by word',
  make: (customers) => fuseOver(customers, { useTokenSearch: true, tokenMatch: 'all' }),
}

function fuseOver(customers: readonly SearchableCustomer[], options: IFuseOptions<SearchableCustomer>): FirstHits {
  const common = { keys: [...FIELDS], threshold: 0.4, ignoreLocation: true, ignoreDiacritics: true }
  const index = new Fuse(customers, { ...common, ...options })
  return (query) => index.search(query, { limit: LIMIT }).map(({ item }) => item.id)
}

/** Tuned as well as we could: every word, beginnings from two letters, one typing error from four letters, two from eight. */
const miniSearch: Library = {
  name: 'MiniSearch',
  make: (customers) => {
    const index = new MiniSearch<SearchableCustomer>({
      fields: [...FIELDS],
      extractField: (customer, field) => textOf(customer, field),
      processTerm: fold,
      searchOptions: {
        prefix: (term) => term.length >= 2,
        fuzzy: (term) => (/\d/.test(term) || term.length < 4 ? false : term.length >= 8 ? 2 : 1),
        combineWith: 'AND',
        boost: { name: 2 },
      },
    })
    index.addAll(customers)
    return (query) =>
      index
        .search(query)
        .slice(0, LIMIT)
        .map(({ id }) => String(id))
  },
}

/** One typing error a word, words in any order, Latin letters without accents. */
const microFuzzy: Library = {
  name: 'uFuzzy',
  make: (customers) => {
    const lines = uFuzzy.latinize(customers.map((customer) => FIELDS.map((field) => textOf(customer, field)).join(' ')))
    const index = new uFuzzy({ intraMode: 1 })
    return (query) => {
      const [found, info, order] = index.search(lines, uFuzzy.latinize([query])[0] ?? '', 4, 1_000)
      const ranked = order === null || info === null ? found : order.map((at) => info.idx[at] ?? -1)
      return (ranked ?? []).slice(0, LIMIT).flatMap((at) => customers[at]?.id ?? [])
    }
  },
}

/** For who finds the right customer: each as good as it can be. */
export const RIVALS: readonly Library[] = [plainFuse, fuseByWord, miniSearch, microFuzzy]
/** For who is fastest. */
export const FAST_RIVALS: readonly Library[] = [plainFuse, miniSearch, microFuzzy]

function textOf(customer: SearchableCustomer, field: string): string {
  if (field === 'id') return customer.id
  if (field === 'tags') return customer.tags.join(' ')
  if (field === 'phone') return customer.phone?.replace(/\D/g, '').replace(/^00/, '') ?? ''
  return FIELDS.includes(field as 'name') ? (customer[field as 'name'] ?? '') : ''
}

function fold(term: string): string {
  return term.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}
