import { z } from 'zod'
import type { BulkKey, ReplicaState } from '#database/local/replica-state.ts'
import { heldChangesSchema } from '#shared/domain/customer.ts'
import { parseJson } from '#shared/util/parse-json.ts'
import type { BulkEdit } from './bulk-changes.ts'

/** An act as it is remembered. */
export type JournaledAct = NonNullable<ReplicaState['bulkActs']>[number]

/** What an act did to a customer: deleted them, or edited fields. */
export interface BulkEntry {
  readonly id: string
  readonly edit: BulkEdit | 'deleted'
}

const partSchema = z.array(
  z.object({
    id: z.guid(),
    edit: z.union([z.literal('deleted'), z.object({ before: heldChangesSchema, after: heldChangesSchema })]),
  }),
)

/** Acts, and customers in them, that are remembered: a customer takes some 150 bytes. The last act always is. */
const ACTS = 20
const CUSTOMERS = 200_000

const partKey = (bulkId: string, part: number): BulkKey => `bulk:${bulkId}:${part}`

/** The state that goes with a piece of an act: `act` as it is with it, and what the piece did. The oldest acts give way. */
export function journalPiece(
  known: readonly JournaledAct[],
  act: JournaledAct,
  entries: readonly BulkEntry[],
): ReplicaState {
  const acts = [...known.filter(({ bulkId }) => bulkId !== act.bulkId), act]
  const state: ReplicaState = { bulkActs: acts }
  state[partKey(act.bulkId, act.parts - 1)] = JSON.stringify(entries)
  while (acts.length > 1 && (acts.length > ACTS || acts.reduce((sum, { left }) => sum + left, 0) > CUSTOMERS)) {
    const forgotten = acts.shift()
    for (let part = 0; part < (forgotten?.parts ?? 0); part++) state[partKey(forgotten?.bulkId ?? '', part)] = null
  }
  return state
}

/** The state after a part was taken back but for some: the act as it is now, and what of the part is left. */
export function journalUndone(
  known: readonly JournaledAct[],
  undone: JournaledAct,
  part: number,
  entries: readonly BulkEntry[],
): ReplicaState {
  const state: ReplicaState = { bulkActs: known.map((act) => (act.bulkId === undone.bulkId ? undone : act)) }
  state[partKey(undone.bulkId, part)] = entries.length === 0 ? null : JSON.stringify(entries)
  return state
}

type ReadPart = (key: BulkKey) => string | null | undefined

/** The parts of an act of which something is left, in order. */
export function partsLeft(read: ReadPart, { bulkId, parts }: JournaledAct): number[] {
  return Array.from({ length: parts }, (_, part) => part).filter((part) => read(partKey(bulkId, part)) != null)
}

/** What a part of an act did; empty: it was undone, or can't be read. */
export function readPart(read: ReadPart, bulkId: string, part: number): BulkEntry[] {
  return parsed(read(partKey(bulkId, part)))
}

/** The journals without erased people (SPEC DB-8). Only the parts that change. */
export function forgetInBulkActs(state: ReplicaState, erased: ReadonlySet<string>): ReplicaState {
  const changed: ReplicaState = {}
  for (const [key, text] of Object.entries(state)) {
    if (!isBulkKey(key) || typeof text !== 'string' || !names(text, erased)) continue
    changed[key] = JSON.stringify(parsed(text).filter(({ id }) => !erased.has(id)))
  }
  return changed
}

/** Whether any of the ids stands in a text: one pass over it, however many are asked for. */
function names(text: string, ids: ReadonlySet<string>): boolean {
  return [...text.matchAll(/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g)].some(([id]) => ids.has(id))
}

function isBulkKey(key: string): key is BulkKey {
  return key.startsWith('bulk:')
}

function parsed(text: string | null | undefined): BulkEntry[] {
  return partSchema.safeParse(parseJson(text ?? '')).data ?? []
}
