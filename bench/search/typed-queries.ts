import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { below, pick, type Random, seededRandom } from './random.ts'

type Kind = (customer: SearchableCustomer, random: Random) => string | null

/** The ways in which people look for a customer. Each gives what would be typed in the end, or null. */
const KINDS: Readonly<Record<string, Kind>> = {
  'full name': ({ name }) => name.toLowerCase(),
  'last name first': ({ name }) => name.toLowerCase().split(' ').toReversed().join(' '),
  'beginnings of both names': ({ name }) =>
    name
      .toLowerCase()
      .split(' ')
      .map((word) => word.slice(0, 4))
      .join(' '),
  'without accents': ({ name }) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(),
  'one typing error': ({ name }, random) => {
    const [first = '', last = ''] = name.toLowerCase().split(' ')
    return last.length < 5 ? null : `${first} ${mistyped(last, random)}`
  },
  'whole e-mail address': ({ email }) => email,
  'part of an e-mail address': ({ email }) => email?.slice(2, 12) ?? null,
  'phone, typed nationally': ({ phone }) => phone?.replace(/^(\+|00)\d\d ?/, '0') ?? null,
  'last digits of the phone': ({ phone }) => phone?.replace(/\D/g, '').slice(-6) ?? null,
  'name and town': ({ name, address }) => join(name.split(' ')[1], /\p{L}+$/u.exec(address ?? '')?.[0]),
  'street and name': ({ name, address }) => join(/\p{L}{5,}/u.exec(address ?? '')?.[0], name.split(' ')[0]),
  'tag, note and name': ({ name, notes, tags }) => join(tags[0], notes?.split(' ')[1], name.split(' ')[1]),
}

/** What is searched for, one query a kind and customer, the same for the same seed. */
export function makeQueries(customers: readonly SearchableCustomer[], perKind: number, seed = 11): string[] {
  const random = seededRandom(seed)
  return Object.values(KINDS).flatMap((kind) => {
    const queries: string[] = []
    while (queries.length < perKind) {
      const query = kind(pick(random, customers), random)
      if (query !== null && query.length > 2) queries.push(query)
    }
    return queries
  })
}

/** Every state of the search box while a query is typed. */
export function keyStrokes(query: string): string[] {
  const letters = [...query]
  return letters.map((_, i) => letters.slice(0, i + 1).join(''))
}

/** A letter missing, doubled, wrong, or swapped with its neighbour. */
function mistyped(word: string, random: Random): string {
  const at = 1 + below(random, word.length - 2)
  const letter = word.charAt(at)
  return pick(random, [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    `${word.slice(0, at)}${letter === 'e' ? 'a' : 'e'}${word.slice(at + 1)}`,
    word.slice(0, at) + word.charAt(at + 1) + letter + word.slice(at + 2),
  ])
}

function join(...words: readonly (string | undefined)[]): string | null {
  return words.every((word) => word !== undefined && word !== '') ? words.join(' ').toLowerCase() : null
}
