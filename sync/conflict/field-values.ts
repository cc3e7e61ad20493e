import { CUSTOMER_FIELDS, type CustomerChanges, type CustomerField } from '#shared/domain/customer.ts'

/** Whether two values of one field are the same; tags compare in order, because their order is kept. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => item === b[index])
  }
  return a === b
}

/** The fields that a set of changes names, in the fixed order of fields. */
export function changedFields(changes: CustomerChanges): CustomerField[] {
  return CUSTOMER_FIELDS.filter((field) => changes[field] !== undefined)
}

/** Some fields of a customer (or of any value that has them) as a set of changes. */
export function pickFields(
  values: { readonly [F in CustomerField]?: CustomerChanges[F] },
  fields: readonly CustomerField[],
): CustomerChanges {
  return Object.fromEntries(
    fields.filter((field) => values[field] !== undefined).map((field) => [field, values[field]]),
  )
}
