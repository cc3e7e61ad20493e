import { EMAIL_PATTERN } from '../domain/customer.ts'

/** What the values of a column look like, learned from rows that are sound. */
export interface ColumnPattern {
  /** The shapes its values have; null: any text. */
  readonly shapes: ReadonlySet<string> | null
  /** Of any text: e-mail addresses and links that occur in it. */
  readonly telling: ReadonlySet<string>
  readonly isAlwaysFilled: boolean
}

/** Rows needed to say what a column looks like. */
const MIN_ROWS = 5
const MIN_SHARE = 0.95
const MAX_SHAPES = 4
const MAX_SHAPE_LENGTH = 24

/** Learns what each of `width` columns looks like; null where there are too few rows of that width. */
export function columnPatterns(rows: readonly (readonly string[])[], width: number): readonly ColumnPattern[] | null {
  const sound = rows.filter((cells) => cells.length === width)
  if (sound.length < MIN_ROWS) return null
  return Array.from({ length: width }, (_, column) => patternOf(sound.map((cells) => (cells[column] ?? '').trim())))
}

/** The columns whose cells look unlike the others in them. */
export function strangers(cells: readonly string[], patterns: readonly ColumnPattern[]): number[] {
  return [...patterns.keys()].filter((column) => {
    const pattern = patterns[column]
    const cell = (cells[column] ?? '').trim()
    if (pattern === undefined) return false
    if (cell === '') return pattern.isAlwaysFilled
    const shape = shapeOf(cell)
    return pattern.shapes === null ? isTelling(shape) && !pattern.telling.has(shape) : !pattern.shapes.has(shape)
  })
}

function patternOf(cells: readonly string[]): ColumnPattern {
  const filled = cells.filter((cell) => cell !== '')
  const isAlwaysFilled = filled.length === cells.length
  const counts = new Map<string, number>()
  for (const cell of filled) counts.set(shapeOf(cell), (counts.get(shapeOf(cell)) ?? 0) + 1)
  // One row may be read wrong itself.
  const common = [...counts].filter(([, count]) => count > 1 && count >= filled.length * 0.05)
  const covered = common.reduce((sum, [, count]) => sum + count, 0)
  const isTold = covered >= Math.min(filled.length * MIN_SHARE, filled.length - 1) && common.length <= MAX_SHAPES
  const isPlain = common.some(([shape]) => shape === 'text')
  const telling = new Set([...counts.keys()].filter(isTelling))
  if (filled.length < MIN_ROWS || isPlain || !isTold) {
    return { shapes: null, telling, isAlwaysFilled: isAlwaysFilled && filled.length >= MIN_ROWS }
  }
  return { shapes: new Set(common.map(([shape]) => shape)), telling, isAlwaysFilled }
}

const isTelling = (shape: string) => shape === 'email' || shape === 'url'

/** `28/01/2018` is `0/0/0`, `MG-8769` is `a-0`; words are `text`. */
function shapeOf(value: string): string {
  // A stray quote says nothing about the column.
  const cell = value.replaceAll('"', '')
  if (EMAIL_PATTERN.test(cell)) return 'email'
  if (/^(https?:\/\/|www\.)\S+$/i.test(cell)) return 'url'
  const isShort = cell.length <= MAX_SHAPE_LENGTH
  if (
    isShort &&
    /^[+(]?\d[\d\s()./-]*$/.test(cell) &&
    cell.replace(/\D/g, '').length >= 7 &&
    !/^\d+[./-]\d+[./-]\d+$/.test(cell)
  ) {
    return 'phone'
  }
  if (!isShort || !/\d/.test(cell) || /\s/.test(cell)) return 'text'
  return cell.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0')
}
