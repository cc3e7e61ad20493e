import { z } from 'zod'
import { customerSchema } from '../domain/customer.ts'
import { mergeChoicesSchema } from '../domain/merge-choices.ts'
import { resultSchema } from '../util/result.ts'

const id = z.guid()
const count = z.number().int().nonnegative()
const probability = z.number().min(0).max(1)
/** What agrees and what doesn't, in plain words; what agrees comes first. */
const reasons = z.array(z.string())

/** Where the search for duplicates is. */
export const duplicateStatusSchema = z.object({
  /**
   * `waiting`: for the first sync, or for the app to have nothing else to do. `scanning`: `done` of
   * `total`. `ready`: the groups are those of the customers as they show. `stopped`: by the user; the
   * groups are those that were known before.
   */
  state: z.enum(['waiting', 'scanning', 'ready', 'stopped']),
  /** Of the scan under way: customers, more or less. */
  done: count,
  total: count,
  /** Groups that are known, and those of them that are at least 0.9 likely. */
  groups: count,
  suggested: count,
  /** When everybody was compared with everybody last; null: never. */
  scannedAt: z.string().nullable(),
})
export type DuplicateStatus = z.infer<typeof duplicateStatusSchema>

/** While no company is open. */
export const NEVER_SCANNED: DuplicateStatus = {
  state: 'waiting',
  done: 0,
  total: 0,
  groups: 0,
  suggested: 0,
  scannedAt: null,
}

/** Which groups are asked for: those that are suggested (0.9 and more), those that are only asked about (0.5 to 0.9), or both. */
export const likelySchema = z.enum(['suggested', 'asked', 'all'])

/** Two members of a group; `a` is the smaller id. */
const duplicatePairSchema = z.object({ a: id, b: id, probability, reasons })

/** Which customer should be kept, and whose value each field should get; the rest is as `mergeOutcome` does it by itself. */
export const mergeSuggestionSchema = z.object({ targetId: id, choices: mergeChoicesSchema })
export type MergeSuggestion = z.infer<typeof mergeSuggestionSchema>

/** Customers who are taken for one person. */
export const duplicateGroupSchema = z.object({
  /** Names the group as long as its first member stays: the smallest id. */
  key: id,
  probability,
  /** As they show, waiting edits and merges included. The one to be kept first, then by completeness. */
  members: z.array(customerSchema).min(2),
  /** Of the weakest link that is needed. */
  reasons,
  /** Each two of the members. */
  pairs: z.array(duplicatePairSchema),
  suggestion: mergeSuggestionSchema,
})
export type DuplicateGroup = z.infer<typeof duplicateGroupSchema>

/** What a merge would move to the customer that is kept, as far as this computer knows. */
const movedSchema = z.object({ conversations: count, quotes: count, quoteRequests: count, interactions: count })

export const mergePreviewSchema = z.object({
  /** Before the merge: the one that is kept first, then the others in the order asked for. */
  customers: z.array(customerSchema).min(2),
  /** The one that is kept, after it. */
  outcome: customerSchema,
  moved: movedSchema,
})
export type MergePreview = z.infer<typeof mergePreviewSchema>

/** Requests about duplicates and merges; what they change goes through `records.change`. */
export const duplicateRequests = {
  'duplicates.status': { input: z.null(), output: duplicateStatusSchema },
  /** Most likely first. */
  'duplicates.groups': {
    input: z.object({ offset: count, limit: z.number().int().min(1).max(200), likely: likelySchema }),
    output: z.object({ groups: z.array(duplicateGroupSchema), total: count }),
  },
  /** The group that a customer is in; null: none. */
  'duplicates.ofCustomer': { input: z.object({ id }), output: duplicateGroupSchema.nullable() },
  /**
   * Who may be the same as somebody who is being typed, most likely first, at most 5. Fields may be
   * half typed; what does not fit a field is passed over. `exceptId`: the customer that is edited.
   */
  'duplicates.check': {
    input: z.object({
      fields: z.partialRecord(z.enum(['name', 'email', 'phone', 'address', 'notes']), z.string().nullable()),
      exceptId: id.optional(),
    }),
    output: z.array(z.object({ customer: customerSchema, probability, reasons })),
  },
  /** Compares everybody with everybody anew, in the background. */
  'duplicates.scan': { input: z.null(), output: z.null() },
  /** Ends the scan under way; what was known before stays. */
  'duplicates.stop': { input: z.null(), output: z.null() },
  /** What a merge would make of these customers; nothing is written. */
  'merge.preview': {
    input: z.object({ targetId: id, sourceIds: z.array(id).min(1).max(50), choices: mergeChoicesSchema }),
    output: resultSchema(mergePreviewSchema),
  },
} as const
