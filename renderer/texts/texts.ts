import type { english } from './english/english.ts'

/** A text, a group of texts or a function to a text: any words instead of the English ones. */
type Translation<T> = T extends string
  ? string
  : T extends (...values: infer Values) => infer Said
    ? (...values: Values) => Translation<Said>
    : { readonly [Key in keyof T]: Translation<T[Key]> }

/** What each language has to say: the shape of the English texts. */
export type Texts = Translation<typeof english>
