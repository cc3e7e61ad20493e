import { z } from 'zod'
import { backendConfigSchema } from '../domain/backend-config.ts'
import {
  customerChangesSchema,
  customerFieldSchema,
  customerFieldsSchema,
  customerSourceSchema,
  heldChangesSchema,
} from '../domain/customer.ts'
import { savedFilterSchema } from '../domain/saved-filter.ts'
import { resultSchema } from '../util/result.ts'
import { accountRequests, invitationCodeSchema } from './account.ts'
import { administrationRequests } from './administration.ts'
import { bulkProgressSchema, bulkRequests } from './bulk.ts'
import { chatRequests } from './chats.ts'
import { dashboardRequests } from './dashboard.ts'
import { deletedRequests } from './deleted.ts'
import { attentionItemSchema, customerProfileSchema } from './detail.ts'
import { duplicateRequests, duplicateStatusSchema } from './duplicates.ts'
import { exportFormatSchema, exportRequests } from './export.ts'
import { companyChoiceSchema, handoverFileSchema, handoverSchema } from './handover.ts'
import { customerHistorySchema } from './history.ts'
import { importProgressSchema, importRequests } from './import.ts'
import { heldRowsSchema, listFacetsSchema, listQuerySchema, listWindowSchema } from './list.ts'
import { recordChangeSchema, refusedRecordSchema } from './records.ts'
import { replicaDataRequests } from './replica-data.ts'
import { sessionStateSchema } from './session-state.ts'
import { unreadableItemSchema } from './storage-incident.ts'
import { syncStatusSchema } from './sync-status.ts'

const nothing = z.null()
const id = z.guid()
const done = resultSchema(nothing)

/**
 * Everything the UI may ask of the replica worker: name → what goes in, what comes out. Both sides
 * parse with these schemas. A write answers only when it is durable on this machine.
 */
export const replicaRequests = {
  /** First request. `config` is null when it can't be fetched now (offline): the stored one is used. */
  'app.open': { input: z.object({ config: backendConfigSchema.nullable() }), output: sessionStateSchema },
  'session.signIn': {
    input: z.object({
      email: z.string().min(1).max(320),
      password: z.string().min(1).max(1_000),
      /** Joins the company of this invitation first. */
      invitation: invitationCodeSchema.optional(),
    }),
    output: resultSchema(sessionStateSchema),
  },
  /** Fails with code `unsent` when edits wait and `discardUnsent` is false. Removes the replica of this user. */
  'session.signOut': { input: z.object({ discardUnsent: z.boolean() }), output: done },
  /** The companies of the user as last heard, the open one among them. */
  'session.companies': { input: nothing, output: z.array(companyChoiceSchema) },
  /** Opens another company of the user; what waits in the one left keeps waiting. Offline, too, once its name is known. */
  'session.switchCompany': { input: z.object({ companyId: id }), output: resultSchema(sessionStateSchema) },
  /**
   * Gives up a locked replica, with what it holds unsent, and starts it anew. Where the key is back,
   * the replica is opened and nothing is given up.
   */
  'session.startAfresh': { input: nothing, output: resultSchema(sessionStateSchema) },
  /** Unsent changes of companies that the user lost; of the signed-in user only. */
  'handover.list': { input: nothing, output: z.array(handoverSchema) },
  /** The changes as an encrypted file, with the passphrase to show. Nothing is removed. */
  'handover.save': { input: z.object({ id }), output: resultSchema(handoverFileSchema) },
  /** Gives the changes up, or has them saved: they leave this computer. The session goes on where it can. */
  'handover.discard': { input: z.object({ id }), output: done },
  /** Puts the changes back into the outbox of their company, which must be open. `left`: found no place. */
  'handover.requeue': {
    input: z.object({ id }),
    output: resultSchema(z.object({ queued: z.number().int(), left: z.number().int() })),
  },
  'customers.window': {
    input: z.object({
      query: listQuerySchema,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
      /** Of the same order as an earlier window, as long as the worker remembers it. */
      version: z.number().int().optional(),
      /** Made anew around the rows on the screen: `offset` counts from where they stand then. */
      held: heldRowsSchema.optional(),
    }),
    output: listWindowSchema,
  },
  /** How many customers each value of each filter would show. */
  'customers.facets': { input: z.object({ query: listQuerySchema }), output: listFacetsSchema },
  /** All there is to show of a customer. Null: not in the replica (or deleted). Counts as a view for "recent". */
  'customers.get': { input: z.object({ id }), output: customerProfileSchema.nullable() },
  /** What happened with a customer, also with one that is in no list any more. */
  'customers.history': { input: z.object({ id }), output: customerHistorySchema },
  /** Where a customer stands in a query, so that the list can scroll to it; null: not in it. */
  'customers.position': {
    input: z.object({ query: listQuerySchema, id, version: z.number().int().optional() }),
    output: z.number().int().nullable(),
  },
  /** `chatId`: a chat that is linked to the new customer by the same write. Code `nothing_to_do`: it is somebody's by now. */
  'customers.create': {
    input: z.object({
      fields: customerFieldsSchema,
      source: customerSourceSchema.exclude(['import']).default('manual'),
      chatId: id.optional(),
    }),
    output: resultSchema(z.object({ id })),
  },
  /** `base`: what these fields held when the edit began, so that changes of others since then survive. */
  'customers.update': {
    input: z.object({ id, changes: customerChangesSchema, base: heldChangesSchema.optional() }),
    output: done,
  },
  'customers.delete': { input: z.object({ id }), output: done },
  /** Takes a deletion back: before it was sent without a trace, afterwards as a change of its own. */
  'customers.restore': { input: z.object({ id }), output: done },
  /** Takes the note off a customer who came back after an erasure: owners, online. */
  'customers.settleErasureFlag': { input: z.object({ id }), output: done },
  /** Before anything is exported: refuses by role and enters it in the company's log. Needs the network. */
  'export.record': {
    input: z.object({ format: exportFormatSchema, rows: z.number().int().nonnegative() }),
    output: done,
  },
  'attention.list': { input: nothing, output: z.array(attentionItemSchema) },
  /**
   * Sends a refused write again, with corrections where given. `base`: what was shown as standing on the server; it does
   * not count for a customer that was merged away, a refused creation, and notes and tags that the write had changed.
   */
  'attention.resend': {
    input: z.object({
      customerId: id,
      changes: customerChangesSchema.optional(),
      base: heldChangesSchema.nullable().optional(),
    }),
    output: done,
  },
  'attention.discard': { input: z.object({ customerId: id }), output: done },
  'conflict.settle': {
    input: z.object({ customerId: id, field: customerFieldSchema, keep: z.enum(['mine', 'theirs']) }),
    output: done,
  },
  /** Refused changes of anything but customers. */
  'attention.records': { input: nothing, output: z.array(refusedRecordSchema) },
  'attention.resendRecord': { input: z.object({ key: z.string() }), output: done },
  'attention.discardRecord': { input: z.object({ key: z.string() }), output: done },
  /** Unsent work that can't be read any more. */
  'attention.unreadable': { input: nothing, output: z.array(unreadableItemSchema) },
  'attention.discardUnreadable': { input: z.object({ stored: z.string() }), output: done },
  /** Any other write of a user; answers with the id of the record. */
  'records.change': { input: recordChangeSchema, output: resultSchema(z.object({ id })) },
  /** One's own filters and the shared ones. */
  'filters.list': { input: nothing, output: z.array(savedFilterSchema) },
  ...duplicateRequests,
  ...chatRequests,
  ...dashboardRequests,
  'sync.status': { input: nothing, output: syncStatusSchema },
  'sync.now': { input: nothing, output: nothing },
  /** The machine woke up, or the network came or went: syncs at once, over new connections. */
  'sync.wake': { input: nothing, output: nothing },
  /** The user knows what happened to the copy on this computer. */
  'sync.dismissIncident': { input: nothing, output: done },
  ...importRequests,
  ...exportRequests,
  ...bulkRequests,
  ...deletedRequests,
  ...administrationRequests,
  ...accountRequests,
  ...replicaDataRequests,
} as const
export type ReplicaRequests = typeof replicaRequests
export type RequestName = keyof ReplicaRequests
export type RequestInput<N extends RequestName> = z.input<ReplicaRequests[N]['input']>
export type RequestOutput<N extends RequestName> = z.output<ReplicaRequests[N]['output']>

/** What the worker tells the UI unasked. */
export const replicaNotices = {
  /** Customers changed: ask for visible windows and the open detail again. Null: many, or all. */
  'customers.changed': z.object({ ids: z.array(id).nullable() }),
  /** Saved filters changed: ask for them again. */
  'filters.changed': nothing,
  /** These customers were erased: nothing that a screen keeps of them, such as a draft, may stay. May be told twice. */
  'customers.erased': z.object({ ids: z.array(id) }),
  'sync.status': syncStatusSchema,
  'session.state': sessionStateSchema,
  'import.progress': importProgressSchema,
  'bulk.progress': bulkProgressSchema,
  /** It may be other chats that wait for somebody to say whose they are. */
  'chats.changed': nothing,
  /** The groups of duplicates, or how far the scan is, changed: ask for what shows again. */
  'duplicates.changed': duplicateStatusSchema,
} as const
export type ReplicaNotices = typeof replicaNotices
export type NoticeName = keyof ReplicaNotices
export type NoticeBody<N extends NoticeName> = z.output<ReplicaNotices[N]>

/**
 * What the worker asks of its host. In Electron the secrets lie in the platform's secret store
 * (main process); in a browser the worker keeps them itself and never asks.
 */
export const hostRequests = {
  'secret.get': { input: z.object({ key: z.string().max(100) }), output: z.string().nullable() },
  'secret.set': {
    input: z.object({ key: z.string().max(100), value: z.string().max(100_000) }),
    output: resultSchema(nothing),
  },
  'secret.remove': { input: z.object({ key: z.string().max(100) }), output: nothing },
} as const
export type HostRequests = typeof hostRequests
export type HostRequestName = keyof HostRequests
