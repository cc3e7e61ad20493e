import { z } from 'zod'

const uuid = z.guid()
/** ISO 8601 with a zone, as Postgres and JavaScript both print it. */
const instant = z.iso.datetime({ offset: true })

/** Where a customer came from (SPEC DB-1). */
export const customerSourceSchema = z.enum(['chat', 'manual', 'import'])
export type CustomerSource = z.infer<typeof customerSourceSchema>

/** Longest text a field may hold, in UTF-16 code units; the Postgres checks are at least as wide. */
export const FIELD_LIMITS = {
  name: 200,
  email: 320,
  phone: 64,
  address: 500,
  website: 500,
  notes: 20_000,
  tag: 60,
  tags: 50,
} as const

/** One `@` with something on both sides and a dot in the domain: what the database checks too. */
export const EMAIL_PATTERN = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

const optionalText = (limit: number, label: string) =>
  z.string().max(limit, `${label} is longer than ${limit} characters. Shorten it.`).nullable()

/** The texts that a customer may lack: a field of this kind is told here, with its rule, and nowhere else in this file. */
const optionalTexts = {
  email: optionalText(FIELD_LIMITS.email, 'Email').refine(
    (text) => text === null || EMAIL_PATTERN.test(text),
    'This is not an email address: it needs one @ and a domain such as example.com.',
  ),
  phone: optionalText(FIELD_LIMITS.phone, 'Phone'),
  address: optionalText(FIELD_LIMITS.address, 'Address'),
  website: optionalText(FIELD_LIMITS.website, 'Website'),
  notes: optionalText(FIELD_LIMITS.notes, 'Notes'),
}
export type OptionalText = keyof typeof optionalTexts

/** The same for each text that a customer may lack. */
export function forEachText<Value>(of: (field: OptionalText) => Value): Record<OptionalText, Value> {
  const fields = Object.keys(optionalTexts) as OptionalText[]
  return Object.fromEntries(fields.map((field) => [field, of(field)])) as Record<OptionalText, Value>
}

/**
 * The fields a person edits, in the order in which lists of them show. An empty text is `null`, never `''`.
 * Messages are shown beside the field at fault.
 */
export const customerFieldsSchema = z.object({
  name: z
    .string()
    .max(FIELD_LIMITS.name, `Name is longer than ${FIELD_LIMITS.name} characters. Shorten it.`)
    .refine((text) => text.trim().length > 0, 'Give the customer a name.'),
  ...optionalTexts,
  tags: z
    .array(z.string().min(1).max(FIELD_LIMITS.tag, `A tag is longer than ${FIELD_LIMITS.tag} characters.`))
    .max(FIELD_LIMITS.tags, `At most ${FIELD_LIMITS.tags} tags.`),
  /** The sales rep in charge; a member of the company. */
  ownerId: uuid.nullable(),
})
export type CustomerFields = z.infer<typeof customerFieldsSchema>
export type CustomerField = keyof CustomerFields

export const customerFieldSchema = customerFieldsSchema.keyof()
export const CUSTOMER_FIELDS: readonly CustomerField[] = customerFieldSchema.options

/** Of anything that has them, the fields that a person edits. */
export function editableFields(customer: CustomerFields): CustomerFields {
  const { name, tags, ownerId } = customer
  return { name, ...forEachText((field) => customer[field]), tags, ownerId }
}

/** What is known of a customer of whom there is only the name. */
export const NO_FIELDS: Omit<CustomerFields, 'name'> = { ...forEachText(() => null), tags: [], ownerId: null }

/** Some of the editable fields: what one edit changes. */
export const customerChangesSchema = customerFieldsSchema.partial()
export type CustomerChanges = z.infer<typeof customerChangesSchema>

/** The same as they are held: rows written by others may break rules that were tightened since. Reading is lenient, writing is strict. */
export const heldFieldsSchema = z.object({
  name: z.string(),
  ...forEachText(() => z.string().nullable()),
  tags: z.array(z.string()),
  ownerId: uuid.nullable(),
})

/** Some of them as they are held. */
export const heldChangesSchema = heldFieldsSchema.partial()

/** When a field was last edited after its customer was created, and by whom (server time). */
export const fieldEditSchema = z.object({
  at: instant,
  by: uuid.nullable(),
  byName: z.string().nullable(),
  /** The import that did it. */
  importId: uuid.optional(),
})

/** A customer as the server holds it: the wire form of `sync_pull` and `sync_push`. */
export const customerSchema = heldFieldsSchema.extend({
  id: uuid,
  companyId: uuid,
  source: customerSourceSchema,
  createdByUserId: uuid.nullable(),
  createdByUserName: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  lastSeenAt: instant.nullable(),
  conversationCount: z.number().int().nonnegative(),
  viewCount: z.number().int().nonnegative(),
  deletedAt: instant.nullable(),
  mergedInto: uuid.nullable(),
  /** Anonymised for good: a tombstone that tells every replica to forget the person (SPEC DB-8). */
  erasedAt: instant.nullable().optional(),
  /** Came back under an identity that was erased: somebody must look. */
  flaggedErasedAt: instant.nullable().optional(),
  /** Only fields that were edited after creation have an entry. */
  fieldEdits: z.partialRecord(customerFieldSchema, fieldEditSchema),
  /** The id of the transaction that wrote this version (xid8 as text). Opaque to clients. */
  rev: z.string(),
})
export type Customer = z.infer<typeof customerSchema>
