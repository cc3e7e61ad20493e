import type { CustomerField } from '#shared/domain/customer.ts'
import type { Member } from '#shared/domain/workspace.ts'
import { strings } from '../app/strings.ts'

/** A field's value as a person reads it: lists joined, owners by name, nothing as a word. */
export function valueText(field: string, value: unknown, members: readonly Member[]): string {
  if (value === null || value === undefined || value === '') return strings.attention.emptyValue
  if (Array.isArray(value)) {
    return value.length === 0 ? strings.attention.emptyValue : value.map(String).join(', ')
  }
  if (field === 'ownerId') {
    return members.find((member) => member.userId === value)?.name ?? strings.detail.formerColleague
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A field's value as a person reads it; null where there is none. */
export function fieldText(field: CustomerField, value: unknown, members: readonly Member[]): string | null {
  const isEmpty = value === null || value === undefined || (Array.isArray(value) && value.length === 0)
  return isEmpty ? null : valueText(field, value, members)
}

/** The name of a field, also of one this version does not know. */
export function fieldLabel(field: string): string {
  const names: Readonly<Record<string, string>> = strings.fields
  return names[field] ?? field
}
