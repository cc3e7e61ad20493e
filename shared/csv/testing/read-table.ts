import { ok, type Result } from '../../util/result.ts'
import { csvRows } from '../csv-rows.ts'
import { type Decode, decodeText } from '../decode-text.ts'
import { understandCsv } from '../understand-csv.ts'

/** All of a file as it is understood: sound rows as cells, the others with their reason. */
export interface ReadTable {
  readonly headers: readonly string[]
  readonly hasHeader: boolean
  readonly rows: readonly (readonly string[])[]
  readonly faults: readonly { readonly row: number; readonly fault: string }[]
}

/** Reads a file's bytes through the stages of the import, as far as its rows. */
export function readTable(bytes: Uint8Array, decode: Decode): Result<ReadTable> {
  const decoded = decodeText(bytes, decode)
  if (!decoded.ok) return decoded
  const shape = understandCsv(decoded.value.text)
  if (!shape.ok) return shape
  const { headers, source } = shape.value
  const rows = [...csvRows(source, 1_000)].flat()
  return ok({
    headers,
    hasHeader: source.table?.headers !== null,
    rows: rows.filter(({ fault }) => fault === undefined).map(({ cells }) => cells),
    faults: rows.flatMap(({ row, fault }) => (fault === undefined ? [] : [{ row, fault }])),
  })
}
