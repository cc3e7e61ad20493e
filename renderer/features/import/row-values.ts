import { tagsFromCell, tagsToCell } from '#shared/csv/tags-cell.ts'
import { type CustomerChanges, type CustomerFields, forEachText } from '#shared/domain/customer.ts'
import type { ImportTarget } from '#shared/replica-api/import.ts'

type RowValues = Record<ImportTarget, string>

/** What a row becomes, as text to be corrected. Tags are written as in a cell, one with a comma in quotes. */
export function valuesOf(fields: CustomerFields): RowValues {
  return { name: fields.name, ...forEachText((field) => fields[field] ?? ''), tags: tagsToCell(fields.tags) }
}

/** What the corrected text means; an empty field is null. */
export function changesOf({ name, tags, ...texts }: RowValues): CustomerChanges {
  const entries = Object.entries(texts).map(([field, text]) => [field, text.trim() === '' ? null : text.trim()])
  return { ...Object.fromEntries(entries), name: name.trim(), tags: tagsFromCell(tags) }
}
