import type { ColumnPart } from './header-role.ts'

interface AddressCell {
  readonly index: number
  readonly part: ColumnPart
  /** Which of several addresses it is of; '' where there is one. */
  readonly group: string
  readonly text: string
}

/** The addresses of a row from their parts, "Hauptstraße 5, 10115 Berlin, Germany", the best one first. */
export function readAddresses(cells: readonly AddressCell[]): { readonly label: string; readonly text: string }[] {
  const [only] = cells
  if (only !== undefined && cells.length === 1 && only.part === 'whole' && only.group === '') {
    return only.text === '' ? [] : [{ label: labelOf(''), text: only.text }]
  }
  const grouped = isOneAddress(cells) ? cells.map((cell) => ({ ...cell, group: '' })) : cells
  const groups = [...new Set(grouped.map(({ group }) => group))]
  const addresses = groups.flatMap((group) => {
    const own = grouped.filter((cell) => cell.group === group && cell.text !== '')
    const whole = own.find(({ part }) => part === 'whole')
    const complete = whole === undefined ? fromParts(own) : completed(whole, own)
    // Who has one address may have written it in lines; one of several is put like those that have parts.
    const text = group === '' ? complete : oneLine(complete)
    return text === '' ? [] : [{ group, label: labelOf(group), text, isWhole: whole !== undefined }]
  })
  // Some exports put the "other" address before the one that letters go to.
  const rank = ({ group, isWhole }: (typeof addresses)[number]) => (isWhole ? 0 : group === 'other' ? 2 : 1)
  const sorted = addresses.toSorted((a, b) => rank(a) - rank(b))
  return [...new Map(sorted.map((address) => [address.text, address])).values()]
}

const STREET_PARTS: readonly ColumnPart[] = ['whole', 'street', 'number']

/** Whether one kind of street has its town in columns without a kind: "Billing Address, City, Zip". */
function isOneAddress(cells: readonly AddressCell[]): boolean {
  const groups = new Set(cells.map(({ group }) => group))
  return (
    groups.size === 2 &&
    groups.has('') &&
    cells.every(({ part, group }) => STREET_PARTS.includes(part) === (group !== ''))
  )
}

/** A whole address with what other columns add to it: it may be no more than the street. */
function completed(whole: AddressCell, cells: readonly AddressCell[]): string {
  const others = cells.filter((cell) => cell !== whole)
  const missing = others.filter((cell) => !says(whole.text, cell, others))
  return missing.length === 0 ? whole.text : fromParts([{ ...whole, part: 'street' }, ...missing])
}

/**
 * Whether an address has a cell in it already. The name of a town may also be that of a street ("5 York
 * St"): it counts only in a line of nothing but the town, or with its postcode.
 */
function says(address: string, { part, text }: AddressCell, others: readonly AddressCell[]): boolean {
  const wanted = plain(text)
  if (part === 'whole' || part === 'street') return has(plain(address), wanted)
  const lines = address.split(/[,\n]/).map(plain)
  if (part === 'number')
    return lines.some((line) => ` ${line} `.startsWith(` ${wanted} `) || line.endsWith(` ${wanted}`))
  const ofTown = others.filter((cell) => !STREET_PARTS.includes(cell.part))
  const town = plain(ofTown.map((cell) => cell.text).join(' ')).split(' ')
  const postcode = plain(others.find((cell) => cell.part === 'postcode')?.text ?? '')
  const namesTown = (line: string) =>
    line.split(' ').every((word) => town.includes(word)) || (postcode !== '' && has(line, postcode))
  return lines.some((line) => has(line, wanted) && namesTown(line))
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s,]+/g, ' ')
    .trim()
const has = (line: string, wanted: string) => ` ${line} `.includes(` ${wanted} `)

function fromParts(cells: readonly AddressCell[]): string {
  const of = (part: ColumnPart) => cells.filter((cell) => cell.part === part).map(({ text }) => text)
  const numbers = cells.filter(({ part }) => part === 'number')
  const [street, ...more] = cells.filter(({ part }) => part === 'street')
  // "5 High Street" where the number's column comes first, else "Hauptstraße 5".
  const inOrder = [street, ...numbers].filter((cell) => cell !== undefined).sort((a, b) => a.index - b.index)
  const streets = [inOrder.map(({ text }) => text).join(' '), ...more.map(({ text }) => text)]
  const town = [...of('postcode'), ...of('city')].join(' ')
  return oneLine(
    [...streets, town, ...of('state'), ...of('country'), ...of('whole')].filter((line) => line !== '').join(', '),
  )
}

function labelOf(group: string): string {
  if (group === '') return 'Address'
  const label = /^address/.test(group) ? group : `${group} address`
  return label.charAt(0).toUpperCase() + label.slice(1)
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ', ')
}
