import type { CsvRow } from '#shared/csv/csv-rows.ts'

/** Stands between cells: a file with a zero byte is no text, so that no cell has one. */
const BETWEEN = '\0'

/** The rows of a file, each as one text: as lists of cells they take four times the memory, and hold that of the file. */
export class FileRows {
  readonly #texts: string[] = []
  /** Numbers in the file, ascending. */
  readonly #numbers: number[] = []
  readonly #faults = new Map<number, string>()

  get length(): number {
    return this.#texts.length
  }

  /** Takes in the next row. */
  add({ row, cells, fault }: CsvRow): void {
    if (fault !== undefined) this.#faults.set(this.length, fault)
    this.#numbers.push(row)
    this.#texts.push(cells.join(BETWEEN))
  }

  /** A row by its place; an empty one beyond the last. */
  at(place: number): CsvRow {
    const text = this.#texts[place] ?? ''
    const fault = this.#faults.get(place)
    const row = { row: this.#numbers[place] ?? 1, cells: text === '' ? [] : text.split(BETWEEN) }
    return fault === undefined ? row : { ...row, fault }
  }

  /** The rows at the beginning. */
  first(count: number): CsvRow[] {
    return Array.from({ length: Math.min(count, this.length) }, (_, place) => this.at(place))
  }

  /** The place of the row with a number in the file. */
  placeOf(row: number): number | undefined {
    let [from, to] = [0, this.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#numbers[middle] ?? 0) < row) from = middle + 1
      else to = middle
    }
    return this.#numbers[from] === row ? from : undefined
  }

  /** Whether a text (in lower case) occurs in a cell of a row. */
  holds(place: number, wanted: string): boolean {
    return this.#texts[place]?.toLowerCase().includes(wanted) === true
  }
}
