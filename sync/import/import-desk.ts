import { CUSTOMER_FIELDS, type CustomerChanges } from '#shared/domain/customer.ts'
import type {
  FileLike,
  ImportAction,
  ImportKind,
  ImportMapping,
  ImportReading,
  ImportRow,
  ImportSummary,
  ImportUnderstood,
} from '#shared/replica-api/import.ts'
import { slices } from '#shared/util/let-others-run.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { pickFields } from '../conflict/field-values.ts'
import { isRefusedCreation } from '../outbox/queue-edit.ts'
import { NO_COUNTS } from './apply-rows.ts'
import { type ImportDeps, refusalOf, UNKNOWN } from './import-deps.ts'
import { type ImportFile, openImportFile, readBytes } from './import-file.ts'
import { Rehearsal } from './rehearsal.ts'
import { roomForCustomers, roomForRows } from './room-for-rows.ts'
import { RowJudge } from './row-judge.ts'
import { RowTable } from './row-table.ts'

/** A file that is open, and what was rehearsed with it. */
interface OpenImport {
  readonly file: ImportFile
  readonly rehearsed: (Judging & { readonly mapping: ImportMapping }) | null
}

/** The rows, and who says what they are. */
interface Judging {
  readonly rehearsal: Rehearsal
  readonly judge: RowJudge
}

/** What of an import can be written. */
export interface RehearsedImport {
  readonly file: ImportFile
  readonly mapping: ImportMapping
  readonly rehearsal: Rehearsal
}

const SAMPLE_ROWS = 20
const SAMPLES = 5
const NOTICE_MS = 200
/** Sets of headers whose mapping is remembered. */
const REMEMBERED = 100

/** What happens with a file before anything is written: it is understood, rehearsed and corrected. */
export class ImportDesk {
  readonly #deps: ImportDeps
  readonly #open = new Map<string, OpenImport>()
  /** Rehearsals under way; true: to be stopped. */
  readonly #rehearsing = new Map<string, boolean>()

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  /** Reads a file. Another one that was open is closed: a person imports one after the other. */
  async open(file: FileLike, fileName: string, reading?: ImportReading): Promise<Result<ImportUnderstood>> {
    const refusal = refusalOf(this.#deps, 'create')
    if (refusal !== null) return fail('forbidden', refusal)
    const bytes = await readBytes(file)
    if (!bytes.ok) return bytes
    const read = await openImportFile(bytes.value, fileName, reading)
    if (!read.ok) return read
    this.#open.clear()
    const importId = this.#deps.newId()
    this.#open.set(importId, { file: read.value, rehearsed: null })
    return ok(this.#understood(importId, read.value))
  }

  /** Reads it in another way. */
  async reread(importId: string, reading: ImportReading): Promise<Result<ImportUnderstood>> {
    const open = this.#open.get(importId)
    if (open === undefined) return UNKNOWN
    const read = await openImportFile(open.file.bytes, open.file.fileName, reading)
    if (!read.ok) return read
    this.#open.set(importId, { file: read.value, rehearsed: null })
    return ok(this.#understood(importId, read.value))
  }

  /** Judges all rows. */
  async rehearse(importId: string, mapping: ImportMapping): Promise<Result<ImportSummary>> {
    const open = this.#open.get(importId)
    if (open === undefined) return UNKNOWN
    const { file } = open
    if (mapping.length !== file.headers.length) {
      return fail('mapping', 'The columns of the file have changed meanwhile. Choose the file again.')
    }
    if (!mapping.some((target) => target === 'name' || target === 'email' || target === 'phone')) {
      return fail('mapping', 'Choose the column that holds the name, the email or the phone.')
    }
    const room = roomForRows(file.rows.length)
    if (!room.ok) return room
    if (this.#rehearsing.has(importId)) return fail('running', 'The rehearsal is under way already. Wait for its end.')
    this.#rehearsing.set(importId, false)
    const table = new RowTable(file, mapping, this.#deps.workspace().country)
    const { store } = this.#deps
    const customer = (id: string) => store.shown.get(id)
    const rehearsal = new Rehearsal(table, { customer, refusal: (held) => refusalOf(this.#deps, 'edit', held) })
    const judge = new RowJudge({
      customer,
      row: (place) => table.read(place).fields,
      mayEdit: (held) => refusalOf(this.#deps, 'edit', held) === null,
    })
    const isDone = await this.#judgeAll(importId, file.fileName, judge, rehearsal).finally(() =>
      this.#rehearsing.delete(importId),
    )
    if (!isDone) return fail('cancelled', 'The rehearsal was stopped. Nothing has been written.')
    this.#open.set(importId, { file, rehearsed: { mapping, rehearsal, judge } })
    return ok(rehearsal.summary(importId, file.fileName))
  }

  rows(
    importId: string,
    asked: {
      readonly kind: ImportKind | null
      readonly search?: string | undefined
      readonly offset: number
      readonly limit: number
    },
  ): Result<{ rows: ImportRow[]; total: number }> {
    const rehearsed = this.#open.get(importId)?.rehearsed
    if (rehearsed == null) return UNKNOWN
    return ok(rehearsed.rehearsal.page(asked.kind, asked.search ?? '', asked.offset, asked.limit))
  }

  /** Corrects a row. It is judged anew, and so are the rows that were found to repeat it. */
  fix(importId: string, row: number, fields: CustomerChanges): Result<{ row: ImportRow; summary: ImportSummary }> {
    const open = this.#open.get(importId)
    if (open?.rehearsed == null) return UNKNOWN
    const { rehearsal } = open.rehearsed
    const place = rehearsal.placeOf(row)
    if (place === undefined) return fail('not_found', `There is no row ${row} in the file.`)
    const { table } = rehearsal
    table.fixes.set(place, Object.assign({}, table.read(place).fields, pickFields(fields, CUSTOMER_FIELDS)))
    // With the name that a row without one goes by.
    table.fixes.set(place, table.read(place).fields)
    judgeAnew(place, open.rehearsed)
    return ok({ row: rehearsal.row(place), summary: rehearsal.summary(importId, open.file.fileName) })
  }

  choose(
    importId: string,
    action: ImportAction,
    kind: ImportKind | undefined,
    rows: readonly number[] | undefined,
  ): Result<ImportSummary> {
    const open = this.#open.get(importId)
    if (open?.rehearsed == null) return UNKNOWN
    const chosen = open.rehearsed.rehearsal.choose(action, kind, rows)
    return chosen.ok ? ok(open.rehearsed.rehearsal.summary(importId, open.file.fileName)) : chosen
  }

  /** A rehearsal under way ends, and what it has found is forgotten; null: there is none. */
  stop(importId: string): Result<null> | null {
    if (!this.#rehearsing.has(importId)) return null
    this.#rehearsing.set(importId, true)
    return ok(null)
  }

  /** What is ready to be written. Codes: `not_found`, `too_many`. */
  rehearsed(importId: string): Result<RehearsedImport> {
    const open = this.#open.get(importId)
    if (open?.rehearsed == null) return UNKNOWN
    const { create } = open.rehearsed.rehearsal.summary(importId, open.file.fileName).planned
    const room = roomForCustomers(create, this.#deps.store.customers.size)
    return room.ok ? ok({ file: open.file, ...open.rehearsed }) : room
  }

  /** The file goes: it is being written, or not wanted any more. */
  close(importId: string): void {
    this.#open.delete(importId)
  }

  /** The columns of these headers are imported like this from now on. */
  rememberedWith(headers: readonly string[], mapping: ImportMapping): Record<string, ImportMapping> {
    const { [keyOf(headers)]: _, ...others } = this.#deps.store.state('importMappings') ?? {}
    const kept = Object.entries(others).slice(-REMEMBERED + 1)
    return Object.fromEntries([...kept, [keyOf(headers), mapping]])
  }

  /** Resolves to whether it came to the end. */
  async #judgeAll(importId: string, fileName: string, judge: RowJudge, rehearsal: Rehearsal): Promise<boolean> {
    const { store, notify, now } = this.#deps
    const nextSlice = slices()
    let toldAt = Number.NEGATIVE_INFINITY
    const tell = (done: number, state: 'running' | 'done' | 'cancelled') => {
      if (state === 'running' && now() - toldAt < NOTICE_MS) return
      toldAt = now()
      const of = { importId, fileName, stage: 'rehearsal', state, rows: rehearsal.rows, done } as const
      notify({ ...of, counts: NO_COUNTS, error: null })
    }
    tell(0, 'running')
    const existing = [...store.shown.all()].filter((held) => held.deletedAt === null && !isRefusedCreation(held))
    for (const held of existing) {
      judge.add(held)
      await nextSlice()
      if (this.#rehearsing.get(importId)) break
    }
    for (let place = 0; place < rehearsal.rows && !this.#rehearsing.get(importId); place++) {
      judgeRow(place, { judge, rehearsal })
      await nextSlice()
      tell(place, 'running')
    }
    const isDone = !this.#rehearsing.get(importId)
    tell(isDone ? rehearsal.rows : 0, isDone ? 'done' : 'cancelled')
    return isDone
  }

  #understood(importId: string, file: ImportFile): ImportUnderstood {
    const { fileName, encoding, sheet, sheets, delimiter, hasHeader, headers, rows } = file
    const known = this.#deps.store.state('importMappings')?.[keyOf(headers)]
    const remembered = known !== undefined && known.length === headers.length
    const mapping = remembered ? known : file.mapping
    const columns = headers.map((header, column) => ({
      header,
      target: mapping[column] ?? null,
      confidence: remembered ? 1 : (file.confidence[column] ?? 0),
      samples: samplesOf(file, column),
    }))
    const sample = rows.first(SAMPLE_ROWS).map(({ cells }) => [...cells])
    const of = { importId, fileName, encoding, sheet, sheets: [...sheets], delimiter, hasHeader, remembered }
    return { ...of, columns, sample, rows: rows.length }
  }
}

function judgeRow(place: number, { rehearsal, judge }: Judging): void {
  const reading = rehearsal.table.read(place)
  if (reading.kind === 'invalid') judge.forget(place)
  rehearsal.set(place, reading.kind === 'invalid' ? null : judge.judge(place, reading.fields))
}

/** A row that was corrected, and those below that were found to repeat it, or one of these. */
function judgeAnew(corrected: number, judging: Judging): void {
  const { rehearsal } = judging
  const anew = new Set<string | number | undefined>([corrected])
  judgeRow(corrected, judging)
  for (let place = corrected + 1; place < rehearsal.rows; place++) {
    if (!anew.has(rehearsal.matchOf(place)?.target)) continue
    anew.add(place)
    judgeRow(place, judging)
  }
}

function samplesOf({ rows }: ImportFile, column: number): string[] {
  const samples = new Set<string>()
  for (const { cells } of rows.first(200)) {
    const text = cells[column]?.trim() ?? ''
    if (text !== '') samples.add(text.slice(0, 200))
    if (samples.size === SAMPLES) break
  }
  return [...samples]
}

/** Headers in any case and spacing are the same. */
function keyOf(headers: readonly string[]): string {
  return JSON.stringify(headers.map((header) => header.trim().toLowerCase()))
}
