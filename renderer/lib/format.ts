import { language, locale } from '../texts/language.ts'

const number = new Intl.NumberFormat(locale)
const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const monthYear = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
// In German the narrow minutes read as metres: "vor 1 m".
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: language === 'de' ? 'short' : 'narrow' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A count in the user's locale: 10047 → "10,047". */
export function formatCount(count: number): string {
  return number.format(count)
}

/** An amount of money in the user's locale; as it came where the currency is none that the platform knows. */
export function formatMoney(amount: string, currency: string): string {
  const value = Number(amount)
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(value)
  } catch {
    return `${amount} ${currency}`
  }
}

const share = new Intl.NumberFormat(locale, { style: 'percent' })

/** A part of a whole in percent: all of it and none of it only where that is true. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return share.format(0)
  if (part === 0 || part === whole) return share.format(part / whole)
  return share.format(Math.min(0.99, Math.max(0.01, part / whole)))
}

/** A calendar day (ISO) in short: "2026-10-12" → "12 Oct". */
export function formatDay(day: string): string {
  return dayMonth.format(new Date(`${day}T00:00`))
}

/** The month of a calendar day (ISO): "2026-10-12" → "Oct 2026". */
export function formatMonth(day: string): string {
  return monthYear.format(new Date(`${day}T00:00`))
}

/** Milliseconds of work, never a fraction: 2.6 → "3 ms", 0.2 → "<1 ms". */
export function formatTook(ms: number): string {
  return ms < 1 ? '<1 ms' : `${formatCount(Math.round(ms))} ms`
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** Room on a disk, to one digit behind the point at most: 1_234_567 → "1.2 MB". */
export function formatBytes(bytes: number): string {
  const step = Math.min(SIZES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const unit = SIZES[step] ?? 'byte'
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / 1_000 ** step)
}

/** When something was, short enough for a column: "2h ago", "yesterday", "12 Oct", "Mar 2024". */
export function formatWhen(iso: string, now: Date = new Date()): string {
  const then = new Date(iso)
  const age = now.getTime() - then.getTime()
  if (Number.isNaN(age)) return ''
  if (age < MINUTE && age > -MINUTE) return relative.format(0, 'second')
  if (age >= 0 && age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute')
  const days = calendarDaysBetween(then, now)
  if (age >= 0 && days === 0) return relative.format(-Math.floor(age / HOUR), 'hour')
  if (days > 0 && days < 7) return relative.format(-days, 'day')
  return then.getFullYear() === now.getFullYear() ? dayMonth.format(then) : monthYear.format(then)
}

/** Date and time in full, for tooltips and details. */
export function formatMoment(iso: string): string {
  const then = new Date(iso)
  return Number.isNaN(then.getTime()) ? '' : full.format(then)
}

/** Up to two initials for an avatar: "Anna Krüger" → "AK". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) =>
    word === undefined ? '' : (Array.from(word)[0] ?? ''),
  )
  return letters.join('').toLocaleUpperCase(locale)
}

function calendarDaysBetween(from: Date, to: Date): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  return Math.round((midnight(to) - midnight(from)) / DAY)
}
