import { english } from '../texts/english/english.ts'
import { german } from '../texts/german/german.ts'
import { language } from '../texts/language.ts'
import type { Texts } from '../texts/texts.ts'

/** Every text a person reads, in the language of this window. */
export const strings: Texts = language === 'de' ? german : english
