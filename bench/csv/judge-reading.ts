import type { ReadTable } from '#shared/csv/testing/read-table.ts'
import type { Result } from '#shared/util/result.ts'

/**
 * How a file was read. `refused`: what was not read right was not read at all, with a reason.
 * `impossible`: the truth has values that are not in the file.
 */
export interface Verdict {
  readonly verdict: 'right' | 'refused' | 'wrong' | 'impossible'
  readonly reason: string
}

type Table = readonly (readonly string[])[]

/** Judges our reading of a file against what it means. */
export function judgeReading(read: Result<ReadTable>, expected: Table, text: string): Verdict {
  if (!read.ok) {
    // A header with too few names is no table, a header without rows is no list of customers.
    const isRight = read.error.code === 'empty' ? expected.length <= 1 : read.error.code === 'header'
    return { verdict: isRight ? 'refused' : 'wrong', reason: read.error.message }
  }
  const { headers, hasHeader, rows, faults } = read.value
  const table = [...(hasHeader ? [headers] : []), ...rows]
  const reason = faults[0] === undefined ? '' : `${faults.length} rows: ${faults[0].fault}`
  if (isSame(table, expected)) return { verdict: 'right', reason }
  // Row by row in order, those at fault left out.
  const missing = expected.length - table.length
  const isPart = isSubsequence(table, expected) && missing > 0 && faults.length >= missing
  if (isPart) return { verdict: 'refused', reason }
  return { verdict: impossible(expected, text) ? 'impossible' : 'wrong', reason }
}

/** Judges a table that another parser made; it refuses nothing. */
export function judgeTable(table: Table, expected: Table, text: string): Verdict {
  if (isSame(table, expected)) return { verdict: 'right', reason: '' }
  return { verdict: impossible(expected, text) ? 'impossible' : 'wrong', reason: '' }
}

function isSame(a: Table, b: Table): boolean {
  return a.length === b.length && a.every((row, i) => isSameRow(row, b[i] ?? []))
}

/** White space around values says nothing. */
function isSameRow(a: readonly string[], b: readonly string[]): boolean {
  const plain = (cell: string) => cell.replace(/\r\n?/g, '\n').trim()
  return a.length === b.length && a.every((cell, i) => plain(cell) === plain(b[i] ?? ''))
}

function isSubsequence(part: Table, whole: Table): boolean {
  let next = 0
  for (const row of whole) if (next < part.length && isSameRow(part[next] ?? [], row)) next++
  return next === part.length
}

function impossible(expected: Table, text: string): boolean {
  return expected.flat().some((cell) => /^\w+$/.test(cell) && !text.includes(cell))
}
