import { type LanguageChoice, languageStore } from '../texts/language.ts'

/** Speaks another language. Texts are read once, so it counts from the next load on: this is one. */
export function chooseLanguage(choice: LanguageChoice): void {
  languageStore.set(choice)
  window.location.reload()
}
