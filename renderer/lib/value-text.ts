import type { Member } from '#shared/domain/workspace.ts'
import { strings } from '../app/strings.ts'

/** Whether a field holds nothing. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** A field's value as a person reads it: lists joined, owners by name, nothing as a word. */
export function valueText(field: string, value: unknown, members: readonly Member[]): string {
  if (isNothing(value)) return strings.attention.emptyValue
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (field === 'ownerId') {
    return members.find((member) => member.userId === value)?.name ?? strings.detail.formerColleague
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The name of a field, also of one this version does not know. */
export function fieldLabel(field: string): string {
  const names: Readonly<Record<string, string>> = strings.fields
  return names[field] ?? field
}
