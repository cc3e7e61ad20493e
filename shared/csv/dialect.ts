/** How a file tells its cells apart. */
export interface Dialect {
  /** One character or several (`, `, `||`). */
  readonly delimiter: string
  readonly quote: '"' | "'"
  /** Quotes inside of cells are written `\"` rather than doubled. */
  readonly backslash: boolean
}
