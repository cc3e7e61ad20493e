const PATTERN = /zq[A-Z]\d+z/g

/** Words that occur nowhere else: each written value holds one, so that it can be found again wherever it went. */
export class Markers {
  #last = 0

  /** A new one; its letter says which company it belongs to. */
  next(letter: string): string {
    this.#last += 1
    return `zq${letter}${this.#last}z`
  }
}

/** All markers in a text. */
export function markersIn(text: string): Set<string> {
  return new Set(text.match(PATTERN))
}

/** The company that a marker belongs to. */
export function letterOf(marker: string): string {
  return marker.charAt(2)
}
