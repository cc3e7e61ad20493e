import { z } from 'zod'
import { chatUrlSchema } from '../domain/chat-link.ts'
import { gdprExportSchema } from '../domain/gdpr-export.ts'
import { roleSchema } from '../domain/role.ts'
import { resultSchema } from '../util/result.ts'

const id = z.guid()
const time = z.iso.datetime({ offset: true })
const count = z.number().int().nonnegative()
const nothing = z.null()

/** Asked of the server, never of the replica: `answer` is what the function of the server returns. */
function online<I extends z.ZodType, A extends z.ZodType>(input: I, answer: A) {
  return { input, answer, output: resultSchema(answer) }
}

const memberDetailSchema = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  joinedAt: time,
  /** Customers they own. */
  customers: count,
  sharedFilters: count,
})
export type MemberDetail = z.infer<typeof memberDetailSchema>

const invitationSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  expiresAt: time,
  isExpired: z.boolean(),
})
export type Invitation = z.infer<typeof invitationSchema>

const companyDeviceSchema = z.object({
  device: id,
  name: z.string(),
  userId: id,
  userName: z.string(),
  registeredAt: time,
  lastSeenAt: time,
  /** Since when its sign-in counts no more; null: it does. */
  signedOutAt: time.nullable(),
  /** When it said that the company has left it since. */
  emptiedAt: time.nullable(),
  /** Erasures that it has not acknowledged. */
  toForget: count,
})
export type CompanyDevice = z.infer<typeof companyDeviceSchema>

const erasureSchema = z.object({
  /** The id of the erased customer. */
  erasure: id,
  erasedAt: time,
  reason: z.string(),
  by: z.string().nullable(),
  acknowledged: z.array(z.object({ device: id, user: id, at: time })),
  waiting: z.array(z.object({ device: id, name: z.string(), user: id, lastSeenAt: time })),
})
export type Erasure = z.infer<typeof erasureSchema>

/** Why somebody is erased on request. */
export const erasureReasonSchema = z.enum(['requested', 'consent_withdrawn', 'unlawful'])
export type ErasureReason = z.infer<typeof erasureReasonSchema>

const expiredSchema = z.object({
  years: z.number().int().nullable(),
  total: count,
  /** The oldest thousand. */
  customers: z.array(z.object({ id, name: z.string(), lastActivityAt: time })),
})
export type ExpiredCustomers = z.infer<typeof expiredSchema>

const privacyOverviewSchema = z.object({
  /** How long customers without a sign of life are kept; null: for ever. */
  years: z.number().int().nullable(),
  /** Kind of identity → how many are remembered, as keyed hashes. */
  blocklist: z.record(z.string(), count),
  /** Customers whom the blocklist knows again, the latest 200. */
  flagged: z.array(z.object({ id, name: z.string(), at: time })),
})
export type PrivacyOverview = z.infer<typeof privacyOverviewSchema>

const logEntrySchema = z.object({
  /** Grows with time. */
  id: z.number().int(),
  at: time,
  action: z.string(),
  by: z.string().nullable(),
  customer: z.object({ id, name: z.string().nullable() }).nullable(),
  /** The person or the file that it was about. */
  about: z.string().nullable(),
  changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
})
export type LogEntry = z.infer<typeof logEntrySchema>

/**
 * How a company is run, done by the server at once: each fails with `forbidden`, with `unreachable`
 * when there is no network, or with what the server has against it, in its own words.
 */
export const administrationRequests = {
  'company.update': online(
    z.object({ name: z.string().trim().min(1).max(200), country: z.string().regex(/^[A-Z]{2}$/) }),
    nothing,
  ),
  /** After a change of the country: reads phones anew for two seconds at most. How many are left; 0: all is done. */
  'company.rekeyPhones': online(nothing, count),
  /** Where chats open in the assistant; null: nowhere. */
  'company.setChatLink': online(z.object({ url: chatUrlSchema.nullable() }), nothing),
  'members.list': online(
    nothing,
    z.object({ members: z.array(memberDetailSchema), invitations: z.array(invitationSchema) }),
  ),
  /** The token lets the invited person in; it is told this once. */
  'members.invite': online(
    z.object({ email: z.string().max(320), role: roleSchema, name: z.string().max(200) }),
    z.object({ id, token: z.string(), expiresAt: time }),
  ),
  'members.revokeInvitation': online(z.object({ id }), nothing),
  'members.changeRole': online(z.object({ userId: id, role: roleSchema }), nothing),
  /** Their customers stay without an owner, the filters they shared go to an owner. */
  'members.remove': online(z.object({ userId: id }), nothing),
  /** Of an owner: all of the company; of others: their own. */
  'devices.list': online(nothing, z.array(companyDeviceSchema)),
  /** It will not come back: erasures wait for it no longer. Owners; others their own. */
  'devices.forget': online(z.object({ device: id, userId: id }), nothing),
  /** The company leaves it as soon as it is online; a new sign-in brings it back. Owners; others their own. */
  'devices.signOut': online(z.object({ device: id, userId: id }), nothing),
  'privacy.overview': online(nothing, privacyOverviewSchema),
  'privacy.setYears': online(z.object({ years: z.number().int().min(1).max(100).nullable() }), nothing),
  /** Whom the retention would erase now. */
  'privacy.expired': online(nothing, expiredSchema),
  /** Erases the hundred oldest of them, for good, while these years are what is set; answers with who is left. */
  'privacy.eraseExpired': online(
    z.object({ years: z.number().int().min(1).max(100) }),
    expiredSchema.extend({ erased: count }),
  ),
  /** Everything that is held about one person. */
  'privacy.export': online(z.object({ customerId: id }), gdprExportSchema),
  /** For good, here and on every device. `lookAt`: customers who may be the same person. */
  'privacy.erase': online(
    z.object({ customerId: id, reason: erasureReasonSchema }),
    z.object({ erased: z.array(id), conversations: count, lookAt: z.array(id) }),
  ),
  /** Who was erased when, and which devices have forgotten them. */
  'privacy.erasures': online(nothing, z.array(erasureSchema)),
  /** What happened in the company, newest first, behind the entry `before`. */
  'company.log': online(
    z.object({ actions: z.array(z.string()).nullable(), before: z.number().int().nullable() }),
    z.object({ entries: z.array(logEntrySchema), more: z.boolean() }),
  ),
} as const
export type AdministrationRequests = typeof administrationRequests
export type AdministrationName = keyof AdministrationRequests
/** What a request is asked with, and what the server answers to it. */
export type AdministrationInput<N extends AdministrationName> = z.output<AdministrationRequests[N]['input']>
export type AdministrationAnswer<N extends AdministrationName> = z.output<AdministrationRequests[N]['answer']>
