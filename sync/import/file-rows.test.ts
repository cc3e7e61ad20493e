import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CsvRow } from '#shared/csv/csv-rows.ts'
import { FileRows } from './file-rows.ts'

const cell = fc.string().map((text) => text.replaceAll('\0', ''))
/** As `csvRows` gives them: one empty cell is an empty line, and is left out. */
const cells = fc.array(cell, { maxLength: 5 }).filter((row) => row.length !== 1 || row[0] !== '')
const rows = fc
  .array(fc.record({ cells, gap: fc.nat(3), fault: fc.option(fc.string(), { nil: undefined }) }))
  .map((all) => {
    let row = 0
    return all.map(({ cells, gap, fault }): CsvRow => {
      row += 1 + gap
      return fault === undefined ? { row, cells } : { row, cells, fault }
    })
  })

test('IO-2: packed rows come out as they went in, and are found by their number and by what stands in them', () => {
  fc.assert(
    fc.property(rows, cell, (all, text) => {
      const packed = new FileRows()
      for (const row of all) packed.add(row)
      const wanted = text.toLowerCase()
      expect(packed.length).toBe(all.length)
      expect(packed.first(all.length + 1)).toEqual(all)
      for (const [place, row] of all.entries()) {
        expect(packed.placeOf(row.row)).toBe(place)
        const holds = row.cells.some((each) => each.toLowerCase().includes(wanted)) || wanted === ''
        expect(packed.holds(place, wanted)).toBe(holds)
      }
      expect(packed.placeOf((all.at(-1)?.row ?? 0) + 1)).toBeUndefined()
    }),
  )
})
