import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { below, pick, type Random } from '../random.ts'

/** What somebody types of a customer; null: this customer gives no such query. */
type Kind = (customer: SearchableCustomer, random: Random) => string | null

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'
/** Short forms that are in the mouth of everybody. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  Katharina: 'Kathi',
  Thomas: 'Tom',
  Michael: 'Mike',
  Sebastian: 'Basti',
  William: 'Bill',
  James: 'Jim',
  Maximilian: 'Max',
  Susanne: 'Susi',
  Stefan: 'Steffen',
  Andreas: 'Andi',
  Elisabeth: 'Liz',
  Christian: 'Chris',
}
/** Spellings of one sound. */
const RESPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ei/, 'ai'],
  [/ck/, 'k'],
  [/sch/, 'sh'],
  [/ov/, 'ow'],
  [/sky$/, 'ski'],
  [/tz/, 'z'],
  [/mann$/, 'man'],
  [/ph/, 'f'],
  [/c(?=[kol])/, 'k'],
]

const isLatin = (name: string) => /^[\p{Script=Latin}\s’'-]+$/u.test(name)
const nameWords = ({ name }: SearchableCustomer): readonly [string, string] => {
  const words = name.toLowerCase().split(' ')
  return [words[0] ?? '', words.at(-1) ?? '']
}
const townOf = ({ address }: SearchableCustomer) =>
  /^\d/.test(address ?? '') ? address?.split(',')[1]?.trim() : /\p{L}+$/u.exec(address ?? '')?.[0]
const digitsOf = ({ phone }: SearchableCustomer) => phone?.replace(/\D/g, '') ?? ''
const localPart = ({ email }: SearchableCustomer) => email?.split('@')[0] ?? ''

/** A query of a kind for each customer that allows one. Whom it must find, `relevance-set.ts` says. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'full name': ({ name }) => name.toLowerCase(),
  'words in any order': (customer) => nameWords(customer).toReversed().join(', '),
  beginnings: (customer) => {
    const [first, last] = nameWords(customer)
    const town = townOf(customer)
    return first.length < 5 || last.length < 7 || town === undefined
      ? null
      : `${first.slice(0, 4)} ${last.slice(0, 6)} ${town}`
  },
  'typing error': (customer, random) => {
    const [first, last] = nameWords(customer)
    return !isLatin(customer.name) || last.length < 6 ? null : `${first} ${mistyped(last, random, below(random, 3))}`
  },
  'swapped letters': (customer, random) => {
    const [first, last] = nameWords(customer)
    return !isLatin(customer.name) || last.length < 6 ? null : `${first} ${mistyped(last, random, 3)}`
  },
  'two typing errors': (customer, random) => {
    const [first, last] = nameWords(customer)
    if (!isLatin(customer.name) || last.length < 9) return null
    return `${first} ${mistyped(mistyped(last, random, below(random, 4)), random, below(random, 4))}`
  },
  'accents left out': ({ name }) => {
    const bare = plain(name)
    return isLatin(name) && bare !== name ? bare.toLowerCase() : null
  },
  'umlaut as two letters': ({ name }) =>
    /[äöü]/i.test(name) ? name.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue') : null,
  nickname: (customer) => {
    const short = SHORT_FORMS[customer.name.split(' ')[0] ?? '']
    return short === undefined || !isLatin(customer.name) ? null : `${short} ${nameWords(customer)[1]}`
  },
  'sounds alike': (customer) => {
    const [first, last] = nameWords(customer)
    const respelt = RESPELLINGS.reduce((word, [from, to]) => word.replace(from, to), last)
    return respelt === last || last.length < 6 || !isLatin(customer.name) ? null : `${first} ${respelt}`
  },
  'phone, another format': (customer, random) => {
    const digits = digitsOf(customer).replace(/^0+/, '')
    // Numbers that are stored without their country code have no other format that says the same.
    if (digits.length < 11 || (customer.phone?.startsWith('00') === false && !customer.phone.startsWith('+')))
      return null
    const national = digits.slice(2)
    return pick(random, [
      `0${national.slice(0, 3)} ${national.slice(3, 5)} ${national.slice(5)}`,
      `+${digits.slice(0, 2)} (0)${national.slice(0, 3)}-${national.slice(3)}`,
      `00${digits}`,
      `(0${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`,
    ])
  },
  'phone, last digits': (customer) => (digitsOf(customer).length < 9 ? null : digitsOf(customer).slice(-6)),
  'phone, middle digits': (customer) => (digitsOf(customer).length < 10 ? null : digitsOf(customer).slice(-8, -1)),
  'e-mail': ({ email }) => email,
  'part of an e-mail': (customer) => {
    const local = localPart(customer)
    // Nobody cuts ae, oe and ue in two.
    if (local.length < 11 || /^.[aou]e/.test(local)) return null
    return `${local.slice(2)}@${customer.email?.split('@')[1]?.slice(0, 3)}`
  },
  'e-mail with an error': (customer, random) => {
    const local = localPart(customer)
    return local.length < 11 ? null : `${mistyped(local, random, 2)}@${customer.email?.split('@')[1]}`
  },
  'domain and name': (customer) => {
    const domain = customer.email?.split('@')[1] ?? ''
    return domain.length < 12 ? null : `${nameWords(customer)[0]} ${domain} ${nameWords(customer)[1].slice(0, 3)}`
  },
  'street and name': (customer) => {
    const street = /\p{L}{5,}/u.exec(customer.address ?? '')?.[0]
    const number = /\b\d{1,3}\b/.exec(customer.address ?? '')?.[0]
    return street === undefined || number === undefined ? null : `${street} ${number} ${nameWords(customer)[1]}`
  },
  'street abbreviated': (customer) => {
    const street =
      /\p{L}+straße \d+/u.exec(customer.address ?? '')?.[0] ?? /\d+ \p{L}+ street/u.exec(customer.address ?? '')?.[0]
    if (street === undefined) return null
    return `${street.replace('straße', 'str.').replace('street', 'st')} ${nameWords(customer)[1]}`
  },
  'name and town': (customer) => {
    const town = townOf(customer)
    return town === undefined ? null : `${plain(town)} ${customer.name}`
  },
  'postcode and name': (customer) => {
    const postcode = /\b\d{5}\b/.exec(customer.address ?? '')?.[0]
    return postcode === undefined ? null : `${postcode} ${nameWords(customer)[0]}`
  },
  'notes and name': (customer) => {
    const words = customer.notes?.split(' ') ?? []
    return words.length < 5 ? null : `${nameWords(customer)[1]} ${words[1]} ${words[3]} ${nameWords(customer)[0]}`
  },
  'tag and name': (customer) => (customer.tags.length === 0 ? null : `${customer.tags[0]} ${customer.name}`),
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ł/g, 'l')
    .replace(/Ł/g, 'L')
    .replace(/ı/g, 'i')
    .replace(/ß/g, 'ss')
}

/** With one error: 0 a letter missing, 1 one too many, 2 a wrong one, 3 two swapped. Never the first letter. */
function mistyped(word: string, random: Random, error: number): string {
  let at = 1 + below(random, word.length - 2)
  // Swapping two of a kind is no error.
  if (error === 3) while (word[at] === word[at + 1]) at = 1 + below(random, word.length - 2)
  const other = pick(
    random,
    [...ALPHABET].filter((letter) => letter !== word[at]),
  )
  switch (error) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1)
    case 1:
      return word.slice(0, at) + other + word.slice(at)
    case 2:
      return word.slice(0, at) + other + word.slice(at + 1)
    default:
      return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
  }
}
