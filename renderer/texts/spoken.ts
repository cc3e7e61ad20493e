import { germanSentences } from './german/sentences.ts'
import { language } from './language.ts'

/**
 * A sentence that came from elsewhere (the worker, the rules of the roles, the server), in the language of this
 * window. They are told apart by their words: one code covers sentences that ask for different things. A sentence
 * nobody translated stays English.
 */
export function spoken(sentence: string): string {
  return language === 'de' ? (germanSentences.get(sentence) ?? sentence) : sentence
}
