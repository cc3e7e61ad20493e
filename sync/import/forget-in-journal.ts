import type { ImportKey, ReplicaState } from '#database/local/replica-state.ts'
import type { Customer } from '#shared/domain/customer.ts'
import { type ImportChunk, type ImportPlan, parseChunk, parsePlan } from './import-journal.ts'

/** So short a value stands in half of all rows. */
const TELLING = 4

/**
 * The journals of imports without erased people (SPEC DB-8): values from before an update, rows that
 * failed and rows that were corrected. Only the parts that change.
 */
export function forgetInJournals(state: ReplicaState, erased: readonly Customer[]): ReplicaState {
  const values = erased
    .flatMap(({ id, name, email, phone }) => [id, name, email, phone])
    .filter((value) => value !== null && value.length >= TELLING)
    .map((value) => JSON.stringify(value).slice(1, -1))
  const tells = (part: unknown) => {
    const text = JSON.stringify(part)
    return values.some((value) => text.includes(value))
  }
  const changed: ReplicaState = {}
  for (const [key, text] of Object.entries(state)) {
    if (!isImportKey(key) || typeof text !== 'string' || !values.some((value) => text.includes(value))) continue
    const plan = parsePlan(text)
    const chunk = parseChunk(text)
    if (plan !== null) changed[key] = JSON.stringify(planWithout(plan, tells))
    else if (chunk !== null) changed[key] = JSON.stringify(chunkWithout(chunk, tells))
  }
  return changed
}

function planWithout(plan: ImportPlan, tells: (part: unknown) => boolean): ImportPlan {
  return {
    ...plan,
    failed: plan.failed.map(([place, reason, cells]) => [place, reason, tells(cells) ? [] : cells]),
    fixes: plan.fixes.filter(([, fields]) => !tells(fields)),
  }
}

function chunkWithout(chunk: ImportChunk, tells: (part: unknown) => boolean): ImportChunk {
  return {
    updates: chunk.updates.filter((update) => !tells(update)),
    others: chunk.others.map((other) => (tells(other.cells) ? { ...other, cells: [] } : other)),
  }
}

function isImportKey(key: string): key is ImportKey {
  return key.startsWith('import:')
}
