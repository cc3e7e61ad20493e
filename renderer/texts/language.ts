import { z } from 'zod'
import { type Language, languageOf } from '#shared/domain/language.ts'
import { createPersistedStore, type TextStorage } from '../lib/store.ts'

/** The languages that the app has texts in, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>

/** What a person may choose: a language, or that of the system. */
export const languageChoiceSchema = z.enum(['system', 'en', 'de'])
export type LanguageChoice = z.infer<typeof languageChoiceSchema>

/** Without a window (tests, tools) there is nobody to ask: English, and nothing is kept. */
const window: { readonly localStorage: TextStorage; readonly navigator: { readonly languages: readonly string[] } } =
  'document' in globalThis
    ? globalThis
    : { localStorage: { getItem: () => null, setItem: () => undefined }, navigator: { languages: ['en'] } }

/** The choice, kept on this device. It counts from the next load of the page on: texts are read once. */
export const languageStore = createPersistedStore('crm.language', languageChoiceSchema, 'system', window.localStorage)

/**
 * The locale to speak in: of those the system prefers (BCP 47, best first) the first in the chosen language, so
 * that dates are Austrian where the system is; where nothing was chosen the first in a language that there is.
 */
export function localeOf(choice: LanguageChoice, preferred: readonly string[]): string {
  const fits = (locale: string): boolean => {
    const language = languageOf(locale)
    return choice === 'system' ? language !== null : language === choice
  }
  return preferred.find(fits) ?? (choice === 'system' ? 'en' : choice)
}

/** The locale of this window, for `Intl` and for `<html lang>`. */
export const locale = localeOf(languageStore.get(), window.navigator.languages)

/** The language of this window. */
export const language: Language = languageOf(locale) ?? 'en'
