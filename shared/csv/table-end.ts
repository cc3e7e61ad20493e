import { headerRole, plainHeader } from './header-role.ts'

/** Lines below a table that are not of it: totals, copyright, who made the report and when. */
const FOOTER =
  /^((grand |sub ?)?total|summe|gesamt|somme|suma|count|anzahl|records?|rows?|page|seite|source|quelle|note|footnote|generated|exported|created|erstellt|exportiert|confidential|copyright|©)(\s*[:=#©(\d]|\s+(on|by|at|am|von|of|records|rows|contacts|customers|information)\b|\s*$)/i

/** Notices where the table of a file ends: a second table or notes below it are not its rows. */
export class TableEnd {
  readonly #headers: readonly string[] | null
  readonly #first: string
  #afterBlank = false
  #secondTable: number | null = null

  /** `headers`: of the table; null where it has none. */
  constructor(headers: readonly string[] | null) {
    this.#headers = headers?.map(plainHeader) ?? null
    this.#first = headers?.[0]?.trim().toLowerCase() ?? ''
  }

  /** Tells that a line was empty. */
  blank(): void {
    this.#afterBlank = true
  }

  /** Why a record is not a row of the table; null: it is one. */
  faultOf(row: number, cells: readonly string[]): string | null {
    const afterBlank = this.#afterBlank
    this.#afterBlank = false
    if (this.#headers === null) return null
    if (this.#secondTable === null && this.#isHeader(cells, afterBlank)) {
      this.#secondTable = row
      return 'A second table begins here: this is its header. Import it as a file of its own.'
    }
    if (this.#secondTable !== null) {
      return `The row belongs to a second table, which begins in row ${this.#secondTable}. Import it as a file of its own.`
    }
    return this.#isFooter(cells, afterBlank)
      ? 'This looks like a note or a total below the table, not a customer.'
      : null
  }

  /** The same headers again (some more or fewer), or other known ones below an empty line. */
  #isHeader(cells: readonly string[], afterBlank: boolean): boolean {
    // Almost every row ends here: names are not made plain for nothing.
    if (cells.length > 1 && this.#first !== '' && cells[0]?.trim().toLowerCase() === this.#first) {
      const common = Math.min(cells.length, this.#headers?.length ?? 0)
      const same = cells.slice(0, common).filter((cell, i) => plainHeader(cell) === this.#headers?.[i]).length
      return same >= 2 && same >= common * 0.8
    }
    const filled = cells.filter((cell) => cell.trim() !== '')
    return afterBlank && filled.length > 2 && filled.every((cell) => headerRole(cell) !== null)
  }

  #isFooter(cells: readonly string[], afterBlank: boolean): boolean {
    const width = this.#headers?.length ?? 0
    if (width < 3) return false
    const filled = cells.filter((cell) => cell.trim() !== '')
    const isNote = filled.length === 1 && cells[0] === filled[0] && (cells.length === 1 || cells.length >= width)
    if (isNote && afterBlank && cells.length === 1) return true
    return filled.length <= 2 && FOOTER.test(filled[0]?.trim() ?? '') && (cells.length < width || isNote || afterBlank)
  }
}
