/** Whole days in a row, where this computer is. */
export interface DayStretch {
  /** The first and the last day (ISO); null: open. */
  readonly from: string | null
  readonly to: string | null
  /** Milliseconds since 1970 of the first moment inside and the first one after. */
  readonly start: number
  readonly end: number
}

/** Weeks and months that are told. */
const TOLD = 12
/** The last so many days, today among them. */
const SEEN_DAYS = [7, 30, 90, 365] as const

/** The weeks up to that of `now`, oldest first. They begin on Monday. */
export function lastWeeks(now: number): DayStretch[] {
  const today = new Date(now)
  const monday = today.getDate() - ((today.getDay() + 6) % 7)
  return consecutive((n) => new Date(today.getFullYear(), today.getMonth(), monday + 7 * n))
}

/** The months up to that of `now`, oldest first. */
export function lastMonths(now: number): DayStretch[] {
  const today = new Date(now)
  return consecutive((n) => new Date(today.getFullYear(), today.getMonth() + n, 1))
}

/** All time but "never", cut where somebody was last seen a week, a month, a quarter and a year ago; the latest first. */
export function seenStretches(now: number): DayStretch[] {
  const firsts = SEEN_DAYS.map((days) => daysBefore(new Date(now), days - 1))
  return [...firsts, null].map((first, n) => {
    const next = firsts[n - 1]
    return {
      from: first === null ? null : isoDay(first),
      to: next === undefined ? null : isoDay(daysBefore(next, 1)),
      start: first === null ? 1 : first.getTime(),
      end: next === undefined ? Number.POSITIVE_INFINITY : next.getTime(),
    }
  })
}

/** The last `TOLD` stretches up to number 0; `start`: the day on which a number begins. */
function consecutive(start: (n: number) => Date): DayStretch[] {
  return Array.from({ length: TOLD }, (_, i) => {
    const first = start(i + 1 - TOLD)
    const after = start(i + 2 - TOLD)
    return {
      from: isoDay(first),
      to: isoDay(daysBefore(after, 1)),
      start: first.getTime(),
      end: after.getTime(),
    }
  })
}

/** Midnight at which the day so many days before begins; days are not all 24 hours long. */
function daysBefore(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days)
}

function isoDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
