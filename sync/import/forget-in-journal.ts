import type { ImportKey, ReplicaState } from '#database/local/replica-state.ts'
import type { Customer, CustomerChanges } from '#shared/domain/customer.ts'
import { type ImportChunk, type ImportPlan, parseChunk, parsePlan } from './import-journal.ts'
import { PlanRows } from './import-plan.ts'

/** So short a value stands in half of all rows. */
const TELLING = 4
/** Of a phone so many digits at its end, the fewest that are no extension: countries and areas are written or not. */
const TELLING_DIGITS = 7

/** What tells of the people who are erased, in one form however it is written. */
interface Traces {
  readonly ids: ReadonlySet<string>
  /** Ids, emails and phones as they were, in lower case. */
  readonly texts: readonly string[]
  /** Ends of phone numbers. */
  readonly phones: readonly string[]
  /** The words of each name. */
  readonly names: readonly (readonly string[])[]
}

/**
 * The journals of imports without erased people (SPEC DB-8): values from before an update, rows that
 * failed and rows that were corrected, also where the file writes them in another way than the customer
 * was. Only the parts that change.
 */
export function forgetInJournals(state: ReplicaState, erased: readonly Customer[]): ReplicaState {
  const traces = tracesOf(erased)
  const plans = new Map<string, PlanRows | null>()
  const planOf = (importId: string): PlanRows | null => {
    const known = plans.get(importId)
    if (known !== undefined) return known
    const plan = parsePlan(state[`import:${importId}`])
    const rows = plan === null ? null : new PlanRows(importId, plan)
    plans.set(importId, rows)
    return rows
  }
  const changed: ReplicaState = {}
  for (const [key, text] of Object.entries(state)) {
    if (!isImportKey(key) || typeof text !== 'string') continue
    const [, importId = '', part] = key.split(':')
    const isNamed = holdsAny(text, traces)
    // Where an import stands tells of nobody, and most chunks hold no cells.
    if (part === 'at' || !(isNamed || holdsCells(text, part === undefined))) continue
    const rows = planOf(importId)
    const read = part === undefined ? (rows?.plan ?? null) : parseChunk(text)
    if (read === null) {
      // What can't be read, and tells of them, goes as a whole.
      if (isNamed) changed[key] = null
      continue
    }
    const tells = (place: number, cells: readonly string[]) =>
      rows?.mayBeAbout(place).some((id) => traces.ids.has(id)) || rowTells(cells, rows, traces)
    const next = 'fixes' in read ? planWithout(read, tells) : chunkWithout(read, tells, traces)
    if (JSON.stringify(next) !== JSON.stringify(read)) changed[key] = JSON.stringify(next)
  }
  return changed
}

type Tells = (place: number, cells: readonly string[]) => boolean

function planWithout(plan: ImportPlan, tells: Tells): ImportPlan {
  return {
    ...plan,
    failed: plan.failed.map(([place, reason, cells]) => [place, reason, tells(place, cells) ? [] : cells]),
    fixes: plan.fixes.filter(([place, fields]) => !tells(place, textsIn(fields))),
  }
}

function chunkWithout(chunk: ImportChunk, tells: Tells, traces: Traces): ImportChunk {
  return {
    updates: chunk.updates.filter(({ customerId, before, after }) => {
      return !traces.ids.has(customerId) && !rowTells([...textsIn(before), ...textsIn(after)], null, traces)
    }),
    others: chunk.others.map((other) => (tells(other.place, other.cells) ? { ...other, cells: [] } : other)),
  }
}

function tracesOf(erased: readonly Customer[]): Traces {
  const telling = (value: string | null) => (value === null || value.length < TELLING ? [] : [value.toLowerCase()])
  return {
    ids: new Set(erased.map(({ id }) => id)),
    texts: erased.flatMap(({ id, email, phone }) => [id, ...telling(email), ...telling(phone)]),
    phones: erased.flatMap(({ phone }) => {
      const digits = digitsOf(phone ?? '')
      return digits.length < TELLING_DIGITS ? [] : [digits.slice(-TELLING_DIGITS)]
    }),
    names: erased.map(({ name }) => telling(name).flatMap(wordsOf)).filter((words) => words.length > 0),
  }
}

/** Whether a part of a journal may tell of them: a quick look before it is read. */
function holdsAny(json: string, { texts, names }: Traces): boolean {
  const text = folded(json)
  const isIn = (value: string) => text.includes(JSON.stringify(folded(value)).slice(1, -1))
  return texts.some(isIn) || names.some((words) => words.every(isIn))
}

/** Whether a part of a journal holds rows as they stood in the file, or were corrected. */
function holdsCells(json: string, isPlan: boolean): boolean {
  return isPlan ? !(json.includes('"failed":[]') && json.includes('"fixes":[]')) : json.includes('"cells":["')
}

/** Whether values tell of them; `rows`: they are cells of this file, in which a name may stand in several columns. */
function rowTells(values: readonly string[], rows: PlanRows | null, { texts, phones, names }: Traces): boolean {
  const name = values.filter((_, column) => rows?.plan.mapping[column] === 'name').join(' ')
  return [name, ...values].some((value) => {
    const lower = value.toLowerCase()
    const words = new Set(wordsOf(value))
    return (
      texts.some((text) => lower.includes(text)) ||
      phones.some((end) => digitsOf(value).includes(end)) ||
      names.some((theirs) => theirs.every((word) => words.has(word)))
    )
  })
}

function textsIn(fields: CustomerChanges): string[] {
  return Object.values(fields).flatMap((value) => value ?? [])
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function wordsOf(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function isImportKey(key: string): key is ImportKey {
  return key.startsWith('import:')
}
