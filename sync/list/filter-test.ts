import {
  activeParts,
  type CustomerFilter,
  FILTER_PARTS,
  type FilterPart,
  type Period,
} from '#shared/domain/customer-filter.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { type CustomerColumns, FLAG, SOURCE_CODE } from './customer-columns.ts'

/** What some filters ask for beyond the columns. */
export interface FilterContext {
  /** Slots of the customers that were opened last. */
  readonly recent: ReadonlySet<number>
  /** Slots of the customers that may be the same as another one. */
  readonly duplicates: ReadonlySet<number>
  /** Now, in milliseconds since 1970. */
  readonly now: number
}

type SlotTest = (slot: number) => boolean

/** Says which parts of a filter a slot fails: bit `n` for the part `FILTER_PARTS[n]`; 0: it fits. */
export function failedParts(
  filter: CustomerFilter,
  columns: CustomerColumns,
  context: FilterContext,
): (slot: number) => number {
  const tests = activeParts(filter).map((part) => ({
    bit: 1 << FILTER_PARTS.indexOf(part),
    fits: partTest(part, filter, columns, context),
  }))
  const [only, second] = tests
  if (only === undefined) return () => 0
  if (second === undefined) return (slot) => (only.fits(slot) ? 0 : only.bit)
  return (slot) => {
    let failed = 0
    for (const { bit, fits } of tests) if (!fits(slot)) failed |= bit
    return failed
  }
}

function partTest(
  part: FilterPart,
  filter: CustomerFilter,
  columns: CustomerColumns,
  context: FilterContext,
): SlotTest {
  switch (part) {
    case 'view':
      if (filter.view === 'recent') return (slot) => context.recent.has(slot)
      return flagTest(columns, FLAG.mine, true)
    case 'sources': {
      const wanted = new Set(filter.sources?.map((source) => SOURCE_CODE[source]))
      return (slot) => wanted.has(columns.sources[slot] as number)
    }
    case 'email':
    case 'phone':
    case 'address':
    case 'notes':
      return flagTest(columns, FLAG[part], filter[part] === true)
    case 'tags':
      return tagTest(columns, filter.tags)
    case 'untagged':
      return (slot) => columns.tagCodes[slot]?.length === 0
    case 'owners': {
      const wanted = new Set(filter.owners?.map((owner) => columns.owners.codeOf(owner)))
      return (slot) => wanted.has(columns.ownerCodes[slot] as number)
    }
    case 'created':
      return periodTest(columns, 'created', filter.created, context.now)
    case 'lastSeen':
      return periodTest(columns, 'lastSeen', filter.lastSeen, context.now)
    case 'duplicates':
      return (slot) => context.duplicates.has(slot)
    case 'state':
      return flagTest(columns, FLAG[filter.state ?? 'waiting'], true)
    default:
      return assertNever(part)
  }
}

function flagTest(columns: CustomerColumns, flag: number, wanted: boolean): SlotTest {
  return (slot) => (((columns.flags[slot] as number) & flag) !== 0) === wanted
}

function tagTest(
  columns: CustomerColumns,
  { match, of = [] }: Partial<NonNullable<CustomerFilter['tags']>> = {},
): SlotTest {
  const wanted = of.map((tag) => columns.tags.codeOf(tag))
  const { tagCodes } = columns
  if (match === 'all') return (slot) => wanted.every((code) => tagCodes[slot]?.includes(code))
  return (slot) => wanted.some((code) => tagCodes[slot]?.includes(code))
}

function periodTest(
  columns: CustomerColumns,
  column: 'created' | 'lastSeen',
  period: Period | undefined,
  now: number,
): SlotTest {
  if (period === undefined) return () => true
  const { from, to, isOutside } = boundsOf(period, now)
  columns.date()
  return (slot) => {
    const at = columns[column][slot] as number
    return (at >= from && at < to) !== isOutside
  }
}

/** Milliseconds of the first moment inside and the first one after; never seen is before all. */
function boundsOf(period: Period, now: number): { from: number; to: number; isOutside: boolean } {
  if (period.kind !== 'between') {
    return { from: daysBefore(now, period.days), to: Number.POSITIVE_INFINITY, isOutside: period.kind === 'notLast' }
  }
  return {
    // A period open to the past does not hold those that were never seen.
    from: period.from === null ? 1 : dayStart(period.from, 0),
    to: period.to === null ? Number.POSITIVE_INFINITY : dayStart(period.to, 1),
    isOutside: false,
  }
}

/** The moment so many days ago. */
export function daysBefore(now: number, days: number): number {
  return now - days * 86_400_000
}

/** Midnight at which a day begins where this computer is; `plus` days later. */
function dayStart(day: string, plus: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plus).getTime()
}
