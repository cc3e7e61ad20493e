import { expect, test } from 'vitest'
import { formatBytes, formatMoment, formatTook, formatWhen, initials } from './format.ts'

const now = new Date(2026, 10, 22, 15, 0, 0)
const at = (...parts: [number, number, number, number?, number?]): string => new Date(...parts).toISOString()
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' })

test('UI-5: minutes and hours of today, then days, in the words of the locale', () => {
  expect(formatWhen(at(2026, 10, 22, 14, 48), now)).toBe(relative.format(-12, 'minute'))
  expect(formatWhen(at(2026, 10, 22, 12, 30), now)).toBe(relative.format(-2, 'hour'))
  expect(formatWhen(at(2026, 10, 21, 23, 59), now)).toBe(relative.format(-1, 'day'))
  expect(formatWhen(at(2026, 10, 17, 8, 0), now)).toBe(relative.format(-5, 'day'))
})

test('UI-5: a date of this year has no year, an older one no day', () => {
  const thisYear = formatWhen(at(2026, 2, 9), now)
  expect(thisYear).toContain('9')
  expect(thisYear).not.toContain('2026')
  expect(formatWhen(at(2024, 2, 9), now)).toContain('2024')
})

test('UI-5: a clock that runs a little behind never makes the past the future', () => {
  expect(formatWhen(at(2026, 10, 22, 15, 0), now)).toBe(relative.format(0, 'second'))
})

test('UI-5: room on a disk is told in the largest unit that leaves a whole number', () => {
  const inUnit = (unit: string, value: number) =>
    new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
  expect(formatBytes(0)).toBe(inUnit('byte', 0))
  expect(formatBytes(999)).toBe(inUnit('byte', 999))
  expect(formatBytes(1_234_567)).toBe(inUnit('megabyte', 1.2))
  expect(formatBytes(10_700_000_000_000)).toBe(inUnit('gigabyte', 10_700))
})

test('UI-6: what is not a date shows as nothing', () => {
  expect(formatWhen('not a date', now)).toBe('')
  expect(formatMoment('not a date')).toBe('')
})

test('SE-1: the time a search took is never a fraction', () => {
  expect(formatTook(0.3)).toBe('<1 ms')
  expect(formatTook(2.6)).toBe('3 ms')
})

test('UI-1: initials are the first letters of the first and the last name', () => {
  expect(initials('Anna Maria Krüger')).toBe('AK')
  expect(initials('ø')).toBe('Ø')
  expect(initials('  ')).toBe('')
})
