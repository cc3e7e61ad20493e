import { type CustomerChanges, type CustomerField, type CustomerFields, FIELD_LIMITS } from '#shared/domain/customer.ts'
import { type ImportAction, importTargetSchema } from '#shared/replica-api/import.ts'

/** Fields in which a row holds something else than a customer; what the row lacks is no difference. */
export function differences(row: CustomerFields, customer: CustomerFields): CustomerField[] {
  return importTargetSchema.options.filter((field) => {
    if (field === 'tags') return row.tags.some((tag) => !customer.tags.includes(tag))
    const [ours, theirs] = [row[field], customer[field]]
    return ours !== null && !isSame(field, ours, theirs ?? '') && !isFallback(row, field)
  })
}

/**
 * What a row changes of a customer. Tags are added in both ways; an empty cell never empties a field.
 */
export function changesOf(
  row: CustomerFields,
  customer: CustomerFields,
  action: Extract<ImportAction, 'updateEmpty' | 'overwrite'>,
): CustomerChanges {
  const changes: CustomerChanges = {}
  for (const field of differences(row, customer)) {
    if (field === 'tags') {
      const tags = [...new Set([...customer.tags, ...row.tags])].slice(0, FIELD_LIMITS.tags)
      if (tags.length > customer.tags.length) changes.tags = tags
    } else if (action === 'overwrite' || isEmpty(customer, field)) {
      Object.assign(changes, { [field]: row[field] })
    }
  }
  return changes
}

/** Without a name of its own a row goes by email or phone: that is no name to write over another. */
function isFallback(row: CustomerFields, field: CustomerField): boolean {
  return field === 'name' && (row.name === row.email || row.name === row.phone)
}

function isEmpty(customer: CustomerFields, field: CustomerField): boolean {
  // Whoever goes by their mailbox or phone has no name yet.
  return field === 'name' ? isFallback(customer, 'name') : (customer[field] ?? '') === ''
}

/** Whether two values of a field say the same, whatever case or form they are written in. */
export function isSame(field: CustomerField, one: string, other: string): boolean {
  if (field === 'email') return one.toLowerCase() === other.toLowerCase()
  return one === other || (field === 'phone' && isSamePhone(dialled(one), dialled(other)))
}

/** A form that is one for values that are the same; others may share it. */
export function plainValue(field: CustomerField, value: string): string {
  if (field === 'email') return value.toLowerCase()
  // A phone without digits is a text as any other.
  return (field === 'phone' && dialled(value).slice(-NATIONAL_DIGITS)) || value
}

/** Shorter numbers are extensions, or no numbers: they are the same only when they are written alike. */
const NATIONAL_DIGITS = 7

/** One may lack the country: `0473 218 385` is `+61 473 218 385`. */
function isSamePhone(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= NATIONAL_DIGITS && long.endsWith(short)
}

/** The digits without what is dialled at home only. */
function dialled(phone: string): string {
  return phone.replace(/\(0\)|\D/g, '').replace(/^0+/, '')
}
