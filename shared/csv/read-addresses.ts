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
  const groups = [...new Set(cells.map(({ group }) => group))]
  const addresses = groups.flatMap((group) => {
    const own = cells.filter((cell) => cell.group === group && cell.text !== '')
    const whole = own.find(({ part }) => part === 'whole')
    // Who has one address may have written it in lines; one of several is put like those that have parts.
    const text = whole === undefined ? fromParts(own) : group === '' ? whole.text : oneLine(whole.text)
    return text === '' ? [] : [{ group, label: labelOf(group), text, isWhole: whole !== undefined }]
  })
  // Some exports put the "other" address before the one that letters go to.
  const rank = ({ group, isWhole }: (typeof addresses)[number]) => (isWhole ? 0 : group === 'other' ? 2 : 1)
  const sorted = addresses.toSorted((a, b) => rank(a) - rank(b))
  return [...new Map(sorted.map((address) => [address.text, address])).values()]
}

function fromParts(cells: readonly AddressCell[]): string {
  const of = (part: ColumnPart) => cells.filter((cell) => cell.part === part).map(({ text }) => text)
  const [number] = cells.filter(({ part }) => part === 'number')
  const [street, ...more] = cells.filter(({ part }) => part === 'street')
  // "5 High Street" where the number's column comes first, else "Hauptstraße 5".
  const inOrder = [street, number].filter((cell) => cell !== undefined).sort((a, b) => a.index - b.index)
  const streets = [inOrder.map(({ text }) => text).join(' '), ...more.map(({ text }) => text)]
  const town = [...of('postcode'), ...of('city')].join(' ')
  return oneLine([...streets, town, ...of('state'), ...of('country')].filter((line) => line !== '').join(', '))
}

function labelOf(group: string): string {
  if (group === '') return 'Address'
  const label = /^address/.test(group) ? group : `${group} address`
  return label.charAt(0).toUpperCase() + label.slice(1)
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ', ')
}
