import {
  type CustomerField,
  type CustomerFields,
  customerFieldSchema,
  customerFieldsSchema,
  forEachText,
  type OptionalText,
} from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { cleanText, type ReadValue, readEmails, readPhones } from './clean-value.ts'
import { COLUMN_PARTS, type ColumnPart, headerRoles } from './header-role.ts'
import { readAddresses } from './read-addresses.ts'
import { tagsFromCell } from './tags-cell.ts'

/** A row read: a customer, or why it isn't one, with what was read of it and the field at fault. */
export type RowReading =
  | { readonly kind: 'customer'; readonly fields: CustomerFields }
  | {
      readonly kind: 'invalid'
      readonly reason: string
      readonly field: CustomerField | null
      readonly fields: CustomerFields
    }

interface Column {
  readonly index: number
  readonly part: ColumnPart
  readonly group: string
  /** Its header says nothing about the field: somebody mapped it. */
  readonly isByHand: boolean
  /** What its values are called among the notes; null: they are the notes. */
  readonly label: string | null
}

/** A cell of a column, cleaned. */
type ColumnCell = Column & { readonly text: string }

/**
 * Makes the function that turns the cells of a row into a customer. Several columns may feed a field:
 * names and address parts are put together in their natural order whatever the order of the columns,
 * and where a whole one is filled they add what it lacks (to a name: as notes).
 * Of several phones, e-mail addresses and addresses the first good one counts; the others, and columns
 * that the product has no field for, become lines of the notes with their header.
 */
export function rowToCustomer(
  headers: readonly string[],
  mapping: readonly (ImportTarget | null)[],
  country: string,
): (cells: readonly string[]) => RowReading {
  const columns = columnsByTarget(headers, mapping)
  const readers: Record<OptionalText, (cell: string) => readonly ReadValue[]> = {
    ...forEachText(() => (text: string) => [{ text, isGood: true }]),
    email: readEmails,
    phone: (cell) => readPhones(cell, country),
  }
  return (cells) => {
    const surplus = cells.slice(headers.length).filter((cell) => cell.trim() !== '').length
    const textOf = (column: Column): ColumnCell => ({ ...column, text: cleanText(cells[column.index] ?? '') })
    const texts = (target: ImportTarget) => columns[target].map(textOf).filter(({ text }) => text !== '')
    const read = forEachText((field): readonly Labelled[] => {
      if (field === 'address') return readAddresses(columns.address.map(textOf))
      // All of them are kept, and what has no field of its own is added.
      return field === 'notes' ? [] : bestFirst(texts(field), readers[field])
    })
    const { name, beside } = readName(texts('name'))
    const notes = texts('notes')
    const lines = [
      ...notes.filter(({ label }) => label === null).map(({ text }) => text),
      ...[...beside, ...Object.values(read).flatMap(([, ...others]) => others)].map(
        ({ label, text }) => `${label}: ${text}`,
      ),
      ...notes.filter(({ label }) => label !== null).map(({ label, text }) => `${label}: ${text}`),
    ]
    const fields = {
      ...forEachText((field) => read[field][0]?.text ?? null),
      notes: lines.join('\n') || null,
      tags: [...new Set(texts('tags').flatMap(({ text }) => tagsFromCell(text)))],
      ownerId: null,
    }
    if (surplus > 0) {
      const reason = `The row has ${cells.length} cells, the header ${headers.length}. Put quotes around cells with a separator in them.`
      return { kind: 'invalid', reason, field: null, fields: { ...fields, name } }
    }
    return checkFields({ ...fields, name })
  }
}

/** Whether these are the fields of a customer; whoever has no name goes by email or phone. */
export function checkFields(fields: CustomerFields): RowReading {
  const name = fields.name.trim() || fields.email || fields.phone
  if (name === null) {
    return { kind: 'invalid', reason: 'No name, no email and no phone: add one of them.', field: 'name', fields }
  }
  const parsed = customerFieldsSchema.safeParse({ ...fields, name })
  if (parsed.success) return { kind: 'customer', fields: parsed.data }
  const issue = parsed.error.issues[0]
  const field = customerFieldSchema.safeParse(issue?.path[0]).data ?? null
  return { kind: 'invalid', reason: issue?.message ?? 'A value is not valid.', field, fields }
}

function columnsByTarget(
  headers: readonly string[],
  mapping: readonly (ImportTarget | null)[],
): Readonly<Record<ImportTarget, Column[]>> {
  const columns: Record<ImportTarget, Column[]> = { name: [], ...forEachText((): Column[] => []), tags: [] }
  const roles = headerRoles(headers)
  for (const [index, target] of mapping.entries()) {
    if (target === null) continue
    const header = headers[index]?.trim() ?? ''
    const role = roles[index] ?? null
    // A column that somebody mapped by hand stands for the whole field.
    const known = role !== null && role.target === target
    const isNamed = header !== '' && !/^Column \d+$/.test(header)
    const label = isNamed && !(known && target === 'notes') ? header.replace(/ - Value$/, '') : null
    const { part, group } = known ? role : ({ part: 'whole', group: '' } as const)
    columns[target].push({ index, part, group, isByHand: !known, label })
  }
  const order = (column: Column) => COLUMN_PARTS.indexOf(column.part)
  for (const list of Object.values(columns)) list.sort((a, b) => order(a) - order(b) || a.index - b.index)
  return columns
}

interface Labelled {
  readonly label: string
  readonly text: string
}

/** All values of some columns, without doubles; the first that is good comes first. */
function bestFirst(columns: readonly ColumnCell[], read: (cell: string) => readonly ReadValue[]): Labelled[] {
  const values = columns.flatMap(({ label, text }) =>
    read(text).map(({ text, isGood }) => ({ label: label ?? 'Also', text, isGood })),
  )
  // Nearly all rows have one.
  if (values.length < 2) return values
  const distinct = [...new Map(values.map((value) => [value.text.toLowerCase(), value])).values()]
  const best = distinct.find(({ isGood }) => isGood)
  return best === undefined ? distinct : [best, ...distinct.filter((value) => value !== best)]
}

/** The parts of a person's name, which a whole name has in it. */
const NAME_PARTS: readonly ColumnPart[] = ['prefix', 'first', 'middle', 'last', 'suffix']

/** A name from its columns. Parts are needed only where there is no whole name; `beside`: those it has not in it. */
function readName(filled: readonly ColumnCell[]): { readonly name: string; readonly beside: readonly Labelled[] } {
  if (filled.length < 2) return { name: filled[0]?.text ?? '', beside: [] }
  const hasWhole = filled.some(({ part, isByHand }) => part === 'whole' && !isByHand)
  const isPart = ({ part }: Column) => hasWhole && NAME_PARTS.includes(part)
  const name = filled
    .filter((column) => !isPart(column))
    .map(({ text }) => text)
    .join(' ')
  const wordsOf = (text: string) => text.toLowerCase().split(/[\s,]+/)
  const known = new Set(wordsOf(name))
  const beside = filled.filter((column) => isPart(column) && !wordsOf(column.text).every((word) => known.has(word)))
  return { name, beside: beside.map(({ label, text }) => ({ label: label ?? 'Also', text })) }
}
