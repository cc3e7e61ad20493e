import { formatCount } from '../lib/format.ts'
import { locale } from './language.ts'

const plural = new Intl.PluralRules(locale)

/** Whether a number takes the singular. */
export function isOne(count: number): boolean {
  return plural.select(count) === 'one'
}

/** "1 change", "3 changes", "4,200 changes". */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${isOne(count) ? one : many}`
}

/** "98 %". Never 100: it is no certainty. */
export function percent(probability: number): string {
  return `${formatCount(Math.min(99, Math.round(probability * 100)))} %`
}
