import {
  CUSTOMER_FIELDS,
  type Customer,
  type CustomerChanges,
  type CustomerField,
  type CustomerFields,
  customerFieldsSchema,
  forEachText,
  type OptionalText,
} from '#shared/domain/customer.ts'
import { spoken } from '../texts/spoken.ts'

/** A customer as a form holds it: texts are never null. */
export interface CustomerFormValues extends Record<OptionalText, string> {
  name: string
  tags: string[]
  ownerId: string | null
}

/** Form values of a customer. */
export function formValuesOf(customer: CustomerFields | Customer): CustomerFormValues {
  return {
    name: customer.name,
    ...forEachText((field) => customer[field] ?? ''),
    tags: [...customer.tags],
    ownerId: customer.ownerId,
  }
}

/** Form values of a customer that is about to be created, owned by who creates it. */
export function emptyFormValues(ownerId: string | null): CustomerFormValues {
  return { name: '', ...forEachText(() => ''), tags: [], ownerId }
}

/** What the form stands for: trimmed, an empty text is `null`. */
export function fieldsOf(values: CustomerFormValues): CustomerFields {
  return {
    name: values.name.trim(),
    ...forEachText((field) => values[field].trim() || null),
    tags: [...new Set(values.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))],
    ownerId: values.ownerId,
  }
}

/**
 * What is known of a customer with what was typed about the same one: empty fields are filled, and
 * whatever differs goes to the notes, under the name of its field, so that nothing typed is lost.
 */
export function filledIn(
  known: CustomerFormValues,
  typed: CustomerFormValues,
  label: (field: CustomerField) => string,
): CustomerFormValues {
  const texts = CUSTOMER_FIELDS.filter((field) => field !== 'notes' && field !== 'tags' && field !== 'ownerId')
  const differing = texts.filter((field) => {
    const text = typed[field].trim()
    return text !== '' && known[field].trim() !== '' && text !== known[field].trim()
  })
  const lines = [...differing.map((field) => `${label(field)}: ${typed[field].trim()}`), typed.notes.trim()]
  const filled = Object.fromEntries(texts.map((field) => [field, known[field].trim() || typed[field].trim()]))
  return {
    ...known,
    ...filled,
    notes: [known.notes, ...lines]
      .filter((text, at) => text !== '' && (at === 0 || !known.notes.includes(text)))
      .join('\n'),
    tags: [...new Set([...known.tags, ...typed.tags])],
  }
}

/**
 * One message per field at fault, from the shared schema; empty when the form may be saved. Values
 * that stood in `before` already are not complained about: a record that an import or an older rule
 * let in can still be edited elsewhere.
 */
export function formErrors(values: CustomerFormValues, before?: CustomerFormValues): Record<string, string> {
  const fields = fieldsOf(values)
  const unchanged = before === undefined ? null : fieldsOf(before)
  const errors: Record<string, string> = {}
  for (const field of CUSTOMER_FIELDS) {
    if (unchanged !== null && isSame(fields[field], unchanged[field])) continue
    const parsed = customerFieldsSchema.shape[field].safeParse(fields[field])
    const message = parsed.error?.issues[0]?.message
    if (message !== undefined) errors[field] = spoken(message)
  }
  return errors
}

/** Only what differs between the form as it was opened and as it is now. */
export function changesBetween(before: CustomerFormValues, after: CustomerFormValues): CustomerChanges {
  const old = fieldsOf(before)
  const now = fieldsOf(after)
  const changed = CUSTOMER_FIELDS.filter((field) => !isSame(old[field], now[field]))
  return Object.fromEntries(changed.map((field) => [field, now[field]]))
}

/** What the changed fields held when the form was opened: what the changes are based on. */
export function baseOf(before: CustomerFormValues, changes: CustomerChanges): CustomerChanges {
  const old = fieldsOf(before)
  const changed = CUSTOMER_FIELDS.filter((field) => changes[field] !== undefined)
  return Object.fromEntries(changed.map((field) => [field, old[field]]))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
