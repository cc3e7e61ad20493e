import type { Dashboard, Growth } from '#shared/replica-api/dashboard.ts'
import { type CustomerColumns, FLAG, SOURCE_CODE } from '../list/customer-columns.ts'
import { type DayStretch, lastMonths, lastWeeks, seenStretches } from './day-stretches.ts'

/** What is counted of the customers themselves. */
export type CustomerFigures = Omit<Dashboard, 'solved'>

/** Customers of one step, and those whose dates one step reads: 1 to 2 ms. */
const STEP_CUSTOMERS = 10_000
const STEP_DATES = 4_000

/**
 * Counts all listed customers, some a step; others may go on between the steps.
 *
 * @param now milliseconds since 1970: today and this month are those of this moment
 */
export function* countFigures(columns: CustomerColumns, now: number): Generator<void, CustomerFigures> {
  while (columns.date(STEP_DATES)) yield
  const nobody = columns.owners.codeOf(null)
  const has = { email: 0, phone: 0, both: 0, address: 0, tags: 0, owner: 0 }
  const seen = new Stretches(seenStretches(now))
  const weeks = new Stretches(lastWeeks(now))
  const months = new Stretches(lastMonths(now))
  let total = 0
  let neverSeen = 0
  for (let slot = 0; slot < columns.size; slot++) {
    if (slot % STEP_CUSTOMERS === STEP_CUSTOMERS - 1) yield
    // The arrays are other ones when they have grown in between.
    const flags = columns.flags[slot] as number
    if ((flags & FLAG.listed) === 0) continue
    total += 1
    if ((flags & FLAG.email) !== 0) has.email += 1
    if ((flags & FLAG.phone) !== 0) has.phone += 1
    if ((flags & FLAG.email) !== 0 && (flags & FLAG.phone) !== 0) has.both += 1
    if ((flags & FLAG.address) !== 0) has.address += 1
    if ((columns.tagCodes[slot] as readonly number[]).length > 0) has.tags += 1
    if (columns.ownerCodes[slot] !== nobody) has.owner += 1
    const lastSeen = columns.lastSeen[slot] as number
    if (lastSeen === 0) neverSeen += 1
    else seen.add(lastSeen, 0)
    const created = columns.created[slot] as number
    const source = columns.sources[slot] as number
    weeks.add(created, source)
    months.add(created, source)
  }
  return {
    total,
    has,
    lastSeen: seen.stretches.map(({ from, to }, n) => ({ from, to, count: seen.count(n, 0) })),
    neverSeen,
    weeks: growthOf(weeks),
    months: growthOf(months),
  }
}

const SOURCE_COUNT = Object.keys(SOURCE_CODE).length

/** Counts moments by the stretch they are in, and by a source. */
class Stretches {
  readonly stretches: readonly DayStretch[]
  readonly #counts: Uint32Array

  constructor(stretches: readonly DayStretch[]) {
    this.stretches = stretches
    this.#counts = new Uint32Array(stretches.length * SOURCE_COUNT)
  }

  add(at: number, source: number): void {
    for (let n = 0; n < this.stretches.length; n++) {
      const { start, end } = this.stretches[n] as DayStretch
      if (at < start || at >= end) continue
      const index = n * SOURCE_COUNT + source
      this.#counts[index] = (this.#counts[index] as number) + 1
      return
    }
  }

  count(n: number, source: number): number {
    return this.#counts[n * SOURCE_COUNT + source] ?? 0
  }
}

function growthOf(counted: Stretches): Growth[] {
  return counted.stretches.map(({ from, to }, n) => ({
    from,
    to,
    sources: {
      chat: counted.count(n, SOURCE_CODE.chat),
      manual: counted.count(n, SOURCE_CODE.manual),
      import: counted.count(n, SOURCE_CODE.import),
    },
  }))
}
