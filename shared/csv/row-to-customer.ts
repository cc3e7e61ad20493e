import {
  type CustomerField,
  type CustomerFields,
  customerFieldSchema,
  customerFieldsSchema,
} from '../domain/customer.ts'
import type { ImportTarget } from '../replica-api/import.ts'
import { cleanEmail, cleanPhone, cleanText } from './clean-value.ts'
import { COLUMN_PARTS, type ColumnPart, headerRole } from './header-role.ts'
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
}

/**
 * Makes the function that turns the cells of a row into a customer. Several columns may feed a field:
 * names and address parts are put together in their natural order whatever the order of the columns,
 * of several phones, e-mail addresses and addresses the first filled one counts.
 */
export function rowToCustomer(
  headers: readonly string[],
  mapping: readonly (ImportTarget | null)[],
  country: string,
): (cells: readonly string[]) => RowReading {
  const columns = columnsByTarget(headers, mapping)
  return (cells) => {
    const surplus = cells.slice(headers.length).filter((cell) => cell.trim() !== '').length
    const texts = (target: ImportTarget) =>
      columns[target].map((column) => ({ ...column, text: cleanText(cells[column.index] ?? '') }))
    const email = firstOf(texts('email').map(({ text }) => cleanEmail(text)))
    const phone = firstOf(texts('phone').map(({ text }) => cleanPhone(text, country)))
    const name = filled(texts('name')).join(' ')
    const fields = {
      email,
      phone,
      address: addressOf(texts('address')),
      notes: filled(texts('notes')).join('\n') || null,
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
  const columns: Record<ImportTarget, Column[]> = { name: [], email: [], phone: [], address: [], notes: [], tags: [] }
  for (const [index, target] of mapping.entries()) {
    if (target === null) continue
    const role = headerRole(headers[index] ?? '')
    // A column that somebody mapped by hand stands for the whole field.
    const known = role !== null && role.target === target
    columns[target].push({ index, part: known ? role.part : 'whole', group: known ? role.group : '' })
  }
  const order = (column: Column) => COLUMN_PARTS.indexOf(column.part)
  for (const list of Object.values(columns)) list.sort((a, b) => order(a) - order(b) || a.index - b.index)
  return columns
}

/** One address from its parts: "Hauptstraße 5, 10115 Berlin, Germany"; a whole one wins over parts. */
function addressOf(columns: readonly (Column & { readonly text: string })[]): string | null {
  const whole = columns.find(({ part, text }) => part === 'whole' && text !== '')
  // Who has one address may have written it in lines; one of several is put like those that have parts.
  if (whole !== undefined) return whole.group === '' ? whole.text : oneLine(whole.text)
  const groups = [...new Set(columns.map((column) => column.group))]
  // Some exports put the "other" address before the one that letters go to.
  groups.sort((a, b) => Number(a === 'other') - Number(b === 'other'))
  for (const group of groups) {
    const of = (part: ColumnPart) => filled(columns.filter((column) => column.group === group && column.part === part))
    const town = [...of('postcode'), ...of('city')].join(' ')
    const lines = [...of('street'), town, ...of('state'), ...of('country')].filter((line) => line !== '')
    if (lines.length > 0) return oneLine(lines.join(', '))
  }
  return null
}

function filled(columns: readonly { readonly text: string }[]): string[] {
  return columns.map(({ text }) => text).filter((text) => text !== '')
}

function firstOf(values: readonly (string | null)[]): string | null {
  return values.find((value) => value !== null) ?? null
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ', ')
}
