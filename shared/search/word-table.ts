const MIN_CELLS = 1_024
const MIN_LETTERS = 8_192
/** Words that are remembered: most of a base come again and again, the rest may be worked out again. */
const MAX_WORDS = 400_000
/** Numbers a cell, side by side so that they lie in one line of the processor's cache. */
const CELL = 4
const HASH = 0
/** Where the word begins in the letters, plus 1; 0: the cell is free. */
const PLACE = 1
const LENGTH = 2
const NUMBER = 3

/**
 * Remembers a number for each word as written, whatever the case of its ASCII letters. Asked for a piece
 * of a text it makes no string of it, which is most of what a `Map` would cost.
 */
export class WordTable {
  /** Open addressing; the number of cells is a power of two, at most half of them are taken. */
  #cells = new Int32Array(MIN_CELLS * CELL)
  #letters = new Uint16Array(MIN_LETTERS)
  #lettersUsed = 0
  #size = 0

  /** The number of the word at `start .. end` (letters and digits only); `make` gives that of a new one. */
  numberOf(text: string, start: number, end: number, make: (word: string) => number): number {
    const cells = this.#cells
    const last = cells.length - CELL
    const hash = hashOf(text, start, end)
    let cell = (hash * CELL) & last
    while (cells[cell + PLACE] !== 0) {
      if (cells[cell + HASH] === hash && this.#isSame(cell, text, start, end)) return cells[cell + NUMBER] as number
      cell = (cell + CELL) & last
    }
    const number = make(text.slice(start, end))
    this.#add(hash, text, start, end, number)
    return number
  }

  /** Forgets all words. */
  clear(): void {
    this.#cells = new Int32Array(MIN_CELLS * CELL)
    this.#letters = new Uint16Array(MIN_LETTERS)
    this.#lettersUsed = 0
    this.#size = 0
  }

  #add(hash: number, text: string, start: number, end: number, number: number): void {
    if (this.#size >= MAX_WORDS) this.clear()
    this.#size += 1
    if (this.#size * CELL * 2 > this.#cells.length) this.#growCells()
    const place = this.#lettersUsed
    this.#lettersUsed += end - start
    if (this.#lettersUsed > this.#letters.length) this.#growLetters()
    for (let i = start; i < end; i++) this.#letters[place + i - start] = folded(text.charCodeAt(i))
    this.#put(hash, place + 1, end - start, number)
  }

  #isSame(cell: number, text: string, start: number, end: number): boolean {
    if (this.#cells[cell + LENGTH] !== end - start) return false
    const letters = this.#letters
    const offset = (this.#cells[cell + PLACE] as number) - 1 - start
    for (let i = start; i < end; i++) if (letters[offset + i] !== folded(text.charCodeAt(i))) return false
    return true
  }

  #put(hash: number, place: number, length: number, number: number): void {
    const cells = this.#cells
    const last = cells.length - CELL
    let cell = (hash * CELL) & last
    while (cells[cell + PLACE] !== 0) cell = (cell + CELL) & last
    cells[cell + HASH] = hash
    cells[cell + PLACE] = place
    cells[cell + LENGTH] = length
    cells[cell + NUMBER] = number
  }

  #growCells(): void {
    const old = this.#cells
    this.#cells = new Int32Array(old.length * 2)
    for (let cell = 0; cell < old.length; cell += CELL) {
      const [hash = 0, place = 0, length = 0, number = 0] = [old[cell], old[cell + 1], old[cell + 2], old[cell + 3]]
      if (place !== 0) this.#put(hash, place, length, number)
    }
  }

  #growLetters(): void {
    const larger = new Uint16Array(Math.max(this.#lettersUsed, this.#letters.length * 2))
    larger.set(this.#letters)
    this.#letters = larger
  }
}

/** Letters of either case alike; digits are not touched by that bit. */
function folded(code: number): number {
  return code < 128 ? code | 0x20 : code
}

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ folded(text.charCodeAt(i)), 0x5bd1_e995)
  return hash ^ (hash >>> 15)
}
