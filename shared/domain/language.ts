import { z } from 'zod'

/** The languages that the app has texts in. */
export const languageSchema = z.enum(['en', 'de'])
export type Language = z.output<typeof languageSchema>

/** The language of a locale (BCP 47); null: the app has no texts in it. */
export function languageOf(locale: string): Language | null {
  const found = languageSchema.safeParse(locale.split('-')[0]?.toLowerCase())
  return found.success ? found.data : null
}
