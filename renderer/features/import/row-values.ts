import { tagsFromCell, tagsToCell } from '#shared/csv/tags-cell.ts'
import type { CustomerChanges, CustomerFields } from '#shared/domain/customer.ts'

export const ROW_FIELDS = ['name', 'email', 'phone', 'address', 'notes', 'tags'] as const
type RowValues = Record<(typeof ROW_FIELDS)[number], string>

/** What a row becomes, as text to be corrected. Tags are written as in a cell, one with a comma in quotes. */
export function valuesOf({ name, email, phone, address, notes, tags }: CustomerFields): RowValues {
  return {
    name,
    email: email ?? '',
    phone: phone ?? '',
    address: address ?? '',
    notes: notes ?? '',
    tags: tagsToCell(tags),
  }
}

/** What the corrected text means; an empty field is null. */
export function changesOf({ name, tags, ...texts }: RowValues): CustomerChanges {
  const entries = Object.entries(texts).map(([field, text]) => [field, text.trim() === '' ? null : text.trim()])
  return { ...Object.fromEntries(entries), name: name.trim(), tags: tagsFromCell(tags) }
}
