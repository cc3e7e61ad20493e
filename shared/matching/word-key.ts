import { soundex } from 'soundex-code'
import { searchKey } from '../search/normalise.ts'

/** Words that are remembered: the names, streets and towns that a base has again and again. */
const MAX_REMEMBERED = 50_000

/** The same function, quick for words that came before. */
function remembered(make: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>()
  return (word) => {
    let made = known.get(word)
    if (made === undefined) {
      made = make(word)
      if (known.size >= MAX_REMEMBERED) known.clear()
      known.set(word, made)
    }
    return made
  }
}

/** `searchKey` of a word. */
export const wordKey = remembered(searchKey)

/** How a key sounds (Soundex); empty for an empty one. */
export const soundOf = remembered((key) => (key === '' ? '' : soundex(key)))
