import { z } from 'zod'
import type { ImportKey, ReplicaState } from '#database/local/replica-state.ts'
import {
  importCountsSchema,
  importMappingSchema,
  importProgressSchema,
  importReadingSchema,
  importRowSchema,
  rowOutcomeSchema,
} from '#shared/replica-api/import.ts'
import { parseJson } from '#shared/util/parse-json.ts'
import { appErrorSchema } from '#shared/util/result.ts'

const place = z.number().int().nonnegative()
/** What was written is read whatever it holds: values may break rules of ours, or rules that came later. */
const fieldsSchema = importRowSchema.shape.fields
const changesSchema = fieldsSchema.partial()

/**
 * What was decided, stored in one write before the first row is: with the same bytes it makes the same
 * customers, however often it is broken off. Rows go by their place, from 0.
 */
const planSchema = z.object({
  fileName: z.string(),
  at: z.string(),
  digest: z.string(),
  reading: importReadingSchema,
  /** How phone numbers were read. */
  country: z.string(),
  mapping: importMappingSchema,
  headers: z.array(z.string()),
  rows: place,
  /** Numbers of rows in the file, where one does not follow the one before. */
  numbers: z.array(z.tuple([place, z.number().int().positive()])),
  /** A digit a row: places in `IMPORT_KINDS` and in the actions. */
  kinds: z.string(),
  actions: z.string(),
  /** Whom rows match: a customer, or the row of a place. */
  matches: z.array(z.tuple([place, z.union([z.guid(), place])])),
  /** Rows corrected by hand. */
  fixes: z.array(z.tuple([place, fieldsSchema])),
  /** Rows that can't be imported, with their cells. */
  failed: z.array(z.tuple([place, z.string(), z.array(z.string())])),
})
export type ImportPlan = z.infer<typeof planSchema>

/** How far it is: written with each chunk. */
const positionSchema = z.object({
  state: importProgressSchema.shape.state,
  /** Rows that are done, and chunks that have an entry in the journal. */
  done: place,
  chunks: place,
  counts: importCountsSchema,
  error: appErrorSchema.nullable(),
  undoneAt: z.string().nullable(),
})
export type ImportPosition = z.infer<typeof positionSchema>

/**
 * What a chunk did that the plan does not say: values before and after, and rows that came to something
 * else, or of which something was left out.
 */
const chunkSchema = z.object({
  updates: z.array(z.object({ place, customerId: z.guid(), before: changesSchema, after: changesSchema })),
  /** `cells` of those that failed. */
  others: z.array(z.object({ place, outcome: rowOutcomeSchema, reason: z.string(), cells: z.array(z.string()) })),
})
export type ImportChunk = z.infer<typeof chunkSchema>

/** Whether an import writes nothing any more. */
export function isOver({ state }: ImportPosition): boolean {
  return state === 'done' || state === 'cancelled'
}

/** Reads the parts of the journal that are stored. */
export type ReadState = <K extends 'imports' | ImportKey>(key: K) => ReplicaState[K]

const planKey = (importId: string): ImportKey => `import:${importId}`
const positionKey = (importId: string): ImportKey => `import:${importId}:at`
const chunkKey = (importId: string, chunk: number): ImportKey => `import:${importId}:${chunk}`

/** The state that begins an import: the plan, its start, and its place among those known here. */
export function journalStart(
  importId: string,
  plan: ImportPlan,
  position: ImportPosition,
  known: readonly string[],
): ReplicaState {
  return {
    imports: [...known, importId],
    [planKey(importId)]: JSON.stringify(plan),
    ...journalStep(importId, position),
  }
}

/** The state that goes with a chunk. */
export function journalStep(importId: string, position: ImportPosition, chunk?: ImportChunk): ReplicaState {
  return {
    [positionKey(importId)]: JSON.stringify(position),
    ...(chunk !== undefined && { [chunkKey(importId, position.chunks - 1)]: JSON.stringify(chunk) }),
  }
}

/** Null: it is not known here, or can't be read. */
export function readPlan(read: ReadState, importId: string): ImportPlan | null {
  return parsePlan(read(planKey(importId)))
}

export function readPosition(read: ReadState, importId: string): ImportPosition | null {
  return parsed(positionSchema, read(positionKey(importId)))
}

/** The entries of the chunks, in order; null stands for one that can't be read. */
export function readChunks(read: ReadState, importId: string, position: ImportPosition): (ImportChunk | null)[] {
  return Array.from({ length: position.chunks }, (_, chunk) => parseChunk(read(chunkKey(importId, chunk))))
}

/** All of it as it is stored, to see whether it is another one by now. */
export function journalTexts(read: ReadState, importId: string, position: ImportPosition): readonly unknown[] {
  const chunks = Array.from({ length: position.chunks }, (_, chunk) => read(chunkKey(importId, chunk)))
  return [read(planKey(importId)), read(positionKey(importId)), ...chunks]
}

/**
 * The id of the customer that a row makes. It follows from the import and the row, so that a row is
 * never made twice, and every computer of the company can name those of an import. Ids of imports are
 * random, and differ in the first 28 digits.
 */
export function customerIdOf(importId: string, place: number): string {
  const last = (Number.parseInt(importId.slice(-8), 16) + 1 + place) % 2 ** 32
  return importId.slice(0, -8) + last.toString(16).padStart(8, '0')
}

/** Null: it is none, or can't be read. */
export function parsePlan(text: string | null | undefined): ImportPlan | null {
  return parsed(planSchema, text)
}

/** Null: it is none, or can't be read. */
export function parseChunk(text: string | null | undefined): ImportChunk | null {
  return parsed(chunkSchema, text)
}

function parsed<T>(schema: z.ZodType<T>, text: string | null | undefined): T | null {
  return schema.safeParse(parseJson(text ?? '')).data ?? null
}
