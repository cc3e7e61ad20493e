import { searchKey } from '../search/normalise.ts'
import { wordKey } from './word-key.ts'

/** An address taken apart into comparable keys; an empty text: not known. */
export interface AddressParts {
  /** House or unit number: `12`, `12a`. */
  readonly number: string
  /** Name of the street without its kind: `rosescott` of 33 Rose Scott Circuit. */
  readonly street: string
  readonly postcode: string
  /** Suburb, town, property: each part of the address that is neither street nor postcode. */
  readonly places: readonly string[]
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(' ').map(searchKey))

/** Kinds of streets that stand behind the name: Church Road, Rose Scott Circuit. */
const KINDS_BEHIND =
  'street st str strasse road rd avenue ave av drive dr drv crescent cres cresc cr court ct close cl place pl lane ln circuit cct cir circle terrace tce ter parade pde boulevard blvd blv bvd way highway hwy esplanade esp grove gr gve square sq parkway pkwy rise loop mews walk quay gardens gdns weg gasse allee platz ring ufer straat laan caddesi cad sokak sok sokagi'
/** Kinds that stand before it: rue Saint-Honoré, Calle Mayor. */
const KINDS_BEFORE =
  'rue boulevard avenue impasse chemin cours quai calle avenida avda paseo plaza camino ulica ul aleja al os via piazza viale'
const KINDS_AHEAD = set(KINDS_BEFORE)
const STREET_KINDS = set(`${KINDS_BEHIND} ${KINDS_BEFORE}`)
/** Words that say nothing about where: kinds of places, regions, countries. */
const REGIONS = set(
  'nsw vic qld wa sa tas act nt australia germany deutschland france espana spain poland polska uk england scotland wales usa us turkiye turkey austria oesterreich switzerland schweiz italia italy canada ireland nz',
)
const UK_POSTCODE = /\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b/i
const POSTCODE = /\b(\d{2}-\d{3}|\d{3} \d{2}|\d{4,6})(?:-\d{4})?\b/g

/**
 * Takes an address apart: `11 dooland ct, flowerdale, VIC 3163`, `Hauptstr. 12, 80331 München`,
 * `6, tullaroop street, willaroo, st james, 4011, wa`. Parts are told apart by commas and line ends.
 */
export function parseAddress(address: string): AddressParts {
  const { rest, postcode } = takePostcode(withoutUnit(address))
  const segments = rest
    .split(/[,;\n]+/)
    .map((segment) => segment.trim())
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment))
  // A number that stands alone belongs to the street after it.
  if (segments.length > 1 && /^\S*\d\S*$/.test(segments[0] ?? ''))
    segments.splice(0, 2, `${segments[0]} ${segments[1]}`)
  const named = segments.findIndex(namesStreet)
  const at = Math.max(0, named >= 0 ? named : segments.findIndex((segment) => /\d/.test(segment)))
  const { number, street, tail } = takeStreet(segments[at] ?? '')
  const places = [...tail, ...segments.filter((_, i) => i !== at)].map(placeKey).filter((key) => key.length > 1)
  // A town and nothing else.
  if (number === '' && places.length === 0 && !namesStreet(segments[0] ?? '')) {
    const town = placeKey(segments[0] ?? '')
    return { number, street: '', postcode, places: town === '' ? [] : [town] }
  }
  return { number, street, postcode, places }
}

/** `Unit 5, 12 Smith St` and `5/12 Smith St`: the house is what two addresses have in common. */
function withoutUnit(address: string): string {
  return address
    .replace(/^\s*(?:unit|apt|apartment|flat|suite|ste|shop|level|lvl|#)\.?\s*\w+\s*[/,]?\s+(?=\d)/i, '')
    .replace(/^(\D*)\d+[a-z]?\s*\/\s*(?=\d)/i, '$1')
}

function takePostcode(address: string): { readonly rest: string; readonly postcode: string } {
  const british = UK_POSTCODE.exec(address)
  if (british !== null) {
    return { rest: address.replace(british[0], ' '), postcode: searchKey(british[0]) }
  }
  // The last one: a house number may have as many digits, and stands before. The first word is no postcode.
  const found = [...address.matchAll(POSTCODE)].filter((match) => match.index > 0).at(-1)
  if (found === undefined) return { rest: address, postcode: '' }
  const rest = `${address.slice(0, found.index)} ${address.slice(found.index + found[0].length)}`
  return { rest, postcode: (found[1] ?? '').replace(/\D/g, '') }
}

/** Whether a part of an address has a kind of street in it; `St Kilda` has none. */
function namesStreet(segment: string): boolean {
  const words = segment
    .split(/[\s.]+/)
    .map(wordKey)
    .filter((key) => key !== '' && !/^\d/.test(key))
  return words.some(
    (key, i) => (i > 0 ? STREET_KINDS.has(key) : KINDS_AHEAD.has(key) && words.length > 1) || withoutKind(key) !== key,
  )
}

function takeStreet(segment: string): {
  readonly number: string
  readonly street: string
  readonly tail: readonly string[]
} {
  const words = segment.split(/[\s.]+/).filter((word) => wordKey(word) !== '')
  const keys = words.map(wordKey)
  const numbers = keys.filter((key) => /^\d+[a-z]?$/.test(key) || /^\d+\d*$/.test(key))
  const number = numbers[0] ?? ''
  // Without commas the town stands behind the kind of street: "132 Main Street Springfield".
  const kind = keys.findIndex((key, i) => i > 1 && STREET_KINDS.has(key))
  const end = kind > 0 && kind < keys.length - 1 && !/\d/.test(keys.slice(kind + 1).join('')) ? kind + 1 : keys.length
  const named = keys.slice(0, end).filter((key) => !numbers.includes(key))
  // A lone letter is a point of the compass: 435 S. La Cienega.
  const telling = named.filter((key) => key.length > 1 && !STREET_KINDS.has(key)).map(withoutKind)
  const street = (telling.length > 0 ? telling : named).join('')
  return { number, street, tail: end < keys.length ? [words.slice(end).join(' ')] : [] }
}

/** Compounds such as Hauptstraße and Lindenallee without the kind of street at their end. */
function withoutKind(key: string): string {
  const bare = key.replace(/(strasse|str|gasse|weg|allee|platz|straat|laan)$/, '')
  return bare.length > 2 ? bare : key
}

function placeKey(segment: string): string {
  return segment
    .split(/[\s.]+/)
    .map(wordKey)
    .filter((key) => key !== '' && !REGIONS.has(key))
    .join('')
}
