import { countRows, csvRows } from '#shared/csv/csv-rows.ts'
import { rowToCustomer } from '#shared/csv/row-to-customer.ts'
import { type CsvShape, understandCsv } from '#shared/csv/understand-csv.ts'
import type { CustomerFields } from '#shared/domain/customer.ts'
import type {
  FileLike,
  ImportPreview,
  ImportProgress,
  ImportReading,
  ImportTarget,
} from '#shared/replica-api/import.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import { ImportRun } from './import-run.ts'
import { readCsvFile } from './read-csv-file.ts'

/** What the importer needs of the world. */
export interface ImporterHost {
  /** Writes new customers durably, all or none, and answers how many; an expected failure is a value. */
  createMany(fields: CustomerFields[]): Promise<Result<number>>
  notify(progress: ImportProgress): void
  /** The company's country, ISO 3166-1 alpha-2: how phone numbers without a country code are read. */
  country(): string
  newId(): string
  /** Milliseconds; for tests. */
  now?(): number
}

export interface ImportRequest {
  readonly file: FileLike
  readonly fileName: string
  /** The target of each column, by index, as in the preview or corrected. */
  readonly mapping: readonly (ImportTarget | null)[]
  /** As in the preview. */
  readonly reading?: ImportReading | undefined
}

/** Rows that are read and written at a time; between chunks the worker answers what else is asked of it. */
const CHUNK = 500
/** Counting is a hundred times cheaper than importing. */
const COUNT_CHUNK = 20_000
const SAMPLE_ROWS = 20

/**
 * Imports customers from CSV files: `preview` reads the file once and writes nothing, `run` writes in
 * chunks. The counts of a run always add up: `done` = `created` + `invalid`, and of a finished one
 * `done` = `rows`.
 */
export class CustomerImporter {
  readonly #host: ImporterHost
  readonly #cancelled = new Set<string>()
  readonly #running = new Set<string>()

  constructor(host: ImporterHost) {
    this.#host = host
  }

  /** What is understood of a file. Codes: `too_large`, `unreadable`, `empty`, `not_text`. */
  async preview(file: FileLike, fileName: string, reading?: ImportReading): Promise<Result<ImportPreview>> {
    const read = await this.#understand(file, reading)
    if (!read.ok) return read
    const { shape, encoding } = read.value
    const sample = csvRows(shape.source, SAMPLE_ROWS).next().value ?? []
    return ok({
      fileName,
      encoding,
      delimiter: shape.delimiter,
      headers: [...shape.headers],
      mapping: [...shape.mapping],
      sample: sample.map((row) => [...row.cells]),
      rows: await countAll(shape),
    })
  }

  /**
   * Imports a file and answers its last progress: `done`, `cancelled`, or `failed` with what was
   * written until then. Nothing is written when the file or the mapping is not usable (codes as for
   * `preview`, and `mapping`).
   */
  async run(request: ImportRequest): Promise<Result<ImportProgress>> {
    const read = await this.#understand(request.file, request.reading)
    if (!read.ok) return read
    const { shape } = read.value
    const wrong = mappingError(request.mapping, shape)
    if (wrong !== null) return { ok: false, error: wrong }
    const importId = this.#host.newId()
    this.#running.add(importId)
    const run = new ImportRun(importId, request.fileName, await countAll(shape), {
      notify: (progress) => this.#host.notify(progress),
      now: () => this.#host.now?.() ?? Date.now(),
    })
    try {
      return ok(await this.#importRows(run, shape, request.mapping))
    } finally {
      this.#running.delete(importId)
      this.#cancelled.delete(importId)
    }
  }

  /** Stops a run after the chunk under way; what was written stays. Unknown ids do nothing. */
  cancel(importId: string): void {
    if (this.#running.has(importId)) this.#cancelled.add(importId)
  }

  async #understand(
    file: FileLike,
    reading: ImportReading = {},
  ): Promise<Result<{ shape: CsvShape; encoding: string }>> {
    const text = await readCsvFile(file, reading.encoding)
    if (!text.ok) return text
    const shape = understandCsv(text.value.text, reading)
    return shape.ok ? ok({ shape: shape.value, encoding: text.value.encoding }) : shape
  }

  async #importRows(
    run: ImportRun,
    shape: CsvShape,
    mapping: readonly (ImportTarget | null)[],
  ): Promise<ImportProgress> {
    const read = rowToCustomer(shape.headers, mapping, this.#host.country())
    for (const rows of csvRows(shape.source, CHUNK)) {
      if (this.#cancelled.has(run.importId)) return run.end('cancelled')
      const customers: CustomerFields[] = []
      const problems: { row: number; reason: string }[] = []
      for (const { row, cells } of rows) {
        const reading = read(cells)
        if (reading.kind === 'customer') customers.push(reading.fields)
        else problems.push({ row, reason: reading.reason })
      }
      const written = customers.length === 0 ? ok(0) : await this.#write(customers)
      // A chunk that was not written counts as not done at all, its invalid rows included.
      if (!written.ok) return run.end('failed', written.error)
      run.chunkDone(written.value, problems)
      await pause()
    }
    return run.end('done')
  }

  async #write(customers: CustomerFields[]): Promise<Result<number>> {
    try {
      return await this.#host.createMany(customers)
    } catch {
      return fail(
        'write_failed',
        'The customers could not be saved. Check the free disk space, and import the rest again.',
      )
    }
  }
}

function mappingError(mapping: readonly (ImportTarget | null)[], shape: CsvShape): AppError | null {
  if (mapping.length !== shape.headers.length) {
    return {
      code: 'mapping',
      message: 'The columns of the file have changed since the preview. Choose the file again.',
    }
  }
  if (mapping.some((target) => target === 'name' || target === 'email' || target === 'phone')) return null
  return { code: 'mapping', message: 'Choose the column that holds the name, the email or the phone.' }
}

async function countAll(shape: CsvShape): Promise<number> {
  let rows = 0
  for (const count of countRows(shape.source, COUNT_CHUNK)) {
    rows += count
    await pause()
  }
  return rows
}

/** Lets the event loop take the next message: promises alone would not. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
