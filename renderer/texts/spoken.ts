import { germanSentences } from './german/sentences.ts'
import { SENTENCES_WITH_VALUES } from './german/sentences-with-values.ts'
import { language } from './language.ts'

/**
 * A sentence that came from elsewhere (the worker, the rules of the roles, the server, main), in the language of this
 * window. They are told apart by their words: one code covers sentences that ask for different things. A sentence
 * nobody translated stays English.
 */
export function spoken(sentence: string): string {
  return language === 'de' ? (inGerman(sentence) ?? sentence) : sentence
}

/** The German for an English sentence; null: nobody translated it. */
export function inGerman(sentence: string): string | null {
  const fixed = germanSentences.get(sentence)
  if (fixed !== undefined) return fixed
  for (const { german } of SENTENCES_WITH_VALUES) {
    const said = german(sentence)
    if (said !== null) return said
  }
  return null
}
