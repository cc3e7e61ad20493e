import { z } from 'zod'
import { ENCODINGS } from '../csv/decode-text.ts'
import { customerFieldSchema, customerFieldsSchema, customerSchema, heldFieldsSchema } from '../domain/customer.ts'
import { appErrorSchema, resultSchema } from '../util/result.ts'

const id = z.guid()
const count = z.number().int().nonnegative()
const probability = z.number().min(0).max(1)

/** The part of `File`/`Blob` that the import needs; structured clone carries the real thing to the worker. */
export interface FileLike {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}
export const fileSchema = z.custom<FileLike>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'size' in value &&
    'arrayBuffer' in value &&
    typeof value.arrayBuffer === 'function',
  'not a file',
)

/** Customer fields a column of a file may feed. Several columns may feed one (first and last name). */
export const importTargetSchema = customerFieldSchema.exclude(['ownerId'])
export type ImportTarget = z.infer<typeof importTargetSchema>
/** What each column feeds, by index; null: it is not imported. */
export const importMappingSchema = z.array(importTargetSchema.nullable())
export type ImportMapping = z.infer<typeof importMappingSchema>

/** How to read a file, where somebody knows it better than we guess; what is left out is guessed. */
export const importReadingSchema = z.object({
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.string().length(1).optional(),
  hasHeader: z.boolean().optional(),
  /** Of a workbook. */
  sheet: z.string().optional(),
})
export type ImportReading = z.infer<typeof importReadingSchema>

/** What was understood of a file before anything is written. */
export const importUnderstoodSchema = z.object({
  importId: id,
  fileName: z.string(),
  encoding: z.string(),
  /** Of a workbook: the sheet that was read, and all of them with the rows that they hold. */
  sheet: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), rows: count })),
  delimiter: z.string(),
  /** The first row names the columns. */
  hasHeader: z.boolean(),
  /** One a column. `header`: as it stands in the file. */
  columns: z.array(
    z.object({
      header: z.string(),
      /** What the column is suggested for; null: not imported. */
      target: importTargetSchema.nullable(),
      /** How sure that is, 0 to 1. */
      confidence: probability,
      /** Some of its values that are not empty. */
      samples: z.array(z.string()),
    }),
  ),
  /** The first rows, as text. */
  sample: z.array(z.array(z.string())),
  /** Rows of data in the file. */
  rows: count,
  /** The targets are those of an earlier import with the same headers. */
  remembered: z.boolean(),
})
export type ImportUnderstood = z.infer<typeof importUnderstoodSchema>

/**
 * What a row of the file is found to be. Each row is exactly one of these. `update`: surely an existing
 * customer, with other values. `unchanged`: the same with the same values. `duplicateInFile`: the person
 * of an earlier row. `duplicateOfExisting`: likely an existing customer, to be decided. `notAllowed`:
 * surely an existing customer whom one may not edit.
 */
export const IMPORT_KINDS = [
  'new',
  'update',
  'duplicateInFile',
  'duplicateOfExisting',
  'unchanged',
  'notAllowed',
  'invalid',
] as const
export const importKindSchema = z.enum(IMPORT_KINDS)
export type ImportKind = z.infer<typeof importKindSchema>

/** What is done with a row: `create` makes a customer whoever is there already; `updateEmpty` fills empty fields only. */
export const importActionSchema = z.enum(['create', 'updateEmpty', 'overwrite', 'skip'])
export type ImportAction = z.infer<typeof importActionSchema>

/** What may be done with the rows of a kind; the first is done unless somebody chooses another one. */
export const IMPORT_ACTIONS: Readonly<Record<ImportKind, readonly [ImportAction, ...ImportAction[]]>> = {
  new: ['create', 'skip'],
  update: ['updateEmpty', 'overwrite', 'skip', 'create'],
  duplicateInFile: ['updateEmpty', 'overwrite', 'skip', 'create'],
  duplicateOfExisting: ['skip', 'updateEmpty', 'overwrite', 'create'],
  unchanged: ['skip', 'create'],
  notAllowed: ['skip', 'create'],
  invalid: ['skip'],
}

/** The rehearsal: nothing has been written yet. The rows of all kinds add up to `rows`. */
export const importSummarySchema = z.object({
  importId: id,
  fileName: z.string(),
  rows: count,
  kinds: z.array(
    z.object({
      kind: importKindSchema,
      rows: count,
      /** What will be done with them; null: not the same with all of them. */
      action: importActionSchema.nullable(),
    }),
  ),
  /** What will be done, by action. */
  planned: z.record(importActionSchema, count),
})
export type ImportSummary = z.infer<typeof importSummarySchema>

/** Why a row is what it is; `field`: the one at fault. */
const reasonSchema = z.object({ field: customerFieldSchema.nullable(), message: z.string() })

/** A row of the file in the rehearsal. */
export const importRowSchema = z.object({
  /** Its number in the file (the header is row 1); names it in requests. */
  row: z.number().int().positive(),
  cells: z.array(z.string()),
  /** What it becomes: of an invalid row as far as it was read, not checked. */
  fields: heldFieldsSchema,
  kind: importKindSchema,
  action: importActionSchema,
  reasons: z.array(reasonSchema),
  /** Whom it matches. */
  match: z
    .object({
      /** As it shows; null: another row of the file. */
      customer: customerSchema.nullable(),
      /** The number of that row; null: a customer. */
      row: z.number().int().positive().nullable(),
      probability,
      /** What agrees and what doesn't, in plain words. */
      reasons: z.array(z.string()),
      /** Fields in which the row holds another value than the customer. */
      differences: z.array(customerFieldSchema),
    })
    .nullable(),
  /** Corrected by hand. */
  isFixed: z.boolean(),
})
export type ImportRow = z.infer<typeof importRowSchema>

/**
 * What became of the rows. `duplicates`: left out since the person is there already. `failed`: invalid,
 * not allowed, or refused by the server. Together they are `done`; what is missing to `rows` was not
 * reached.
 */
export const importCountsSchema = z.object({
  created: count,
  updated: count,
  unchanged: count,
  duplicates: count,
  skipped: count,
  failed: count,
})
export type ImportCounts = z.infer<typeof importCountsSchema>

/** Where an import stands. */
export const importProgressSchema = z.object({
  importId: id,
  fileName: z.string(),
  stage: z.enum(['rehearsal', 'import', 'undo']),
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  rows: count,
  done: count,
  /** Zeros during the rehearsal and the undoing. */
  counts: importCountsSchema,
  error: appErrorSchema.nullable(),
})
export type ImportProgress = z.infer<typeof importProgressSchema>

/** What became of one row. */
export const rowOutcomeSchema = z.enum(['created', 'updated', 'unchanged', 'duplicate', 'skipped', 'failed'])
export type RowOutcome = z.infer<typeof rowOutcomeSchema>

/** What an import came to, row by row: also weeks later, on the computer that made it. */
export const importReportSchema = z.object({
  importId: id,
  fileName: z.string(),
  at: z.string(),
  state: importProgressSchema.shape.state,
  rows: count,
  counts: importCountsSchema,
  /** Of the created and updated ones: not sent yet; of the failed ones: refused by the server. */
  waiting: count,
  refused: count,
  undoneAt: z.string().nullable(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const reportRowSchema = z.object({
  row: z.number().int().positive(),
  outcome: rowOutcomeSchema,
  /** The customer that it made, changed or was found to be; null: none. */
  customerId: id.nullable(),
  /** Of the customer as it is now, or of the row. */
  name: z.string(),
  reason: z.string().nullable(),
})
export type ReportRow = z.infer<typeof reportRowSchema>

/** An import of anybody in the company. */
export const importHistoryEntrySchema = z.object({
  importId: id,
  fileName: z.string(),
  at: z.string(),
  userName: z.string().nullable(),
  isMine: z.boolean(),
  rows: count,
  created: count,
  updated: count,
  skipped: count,
  invalid: count,
  /** Not: it is being written, or its computer can't say that it isn't. */
  hasEnded: z.boolean(),
  undoneAt: z.string().nullable(),
  /** This computer knows each row of it: it has a report. */
  isHere: z.boolean(),
})
export type ImportHistoryEntry = z.infer<typeof importHistoryEntrySchema>

/** What undoing would do. */
export const undoPreviewSchema = z.object({
  /** Customers that the import made and that go. */
  removed: count,
  /** Made by the import and edited since: they stay unless asked for. */
  editedSince: count,
  /** Left, since one may not: others have worked with whom the import made, or values are not one's own to edit. */
  notAllowed: count,
  /** Values that come back. */
  restored: count,
  /** Values that stay, since somebody changed them after the import. */
  valuesKept: count,
  /** Updated by the import; what they held before is too long ago for this computer to know. */
  elsewhere: count,
  /** Customers that are not there any more. */
  gone: count,
})
export type UndoPreview = z.infer<typeof undoPreviewSchema>

/** An import that was broken off, by a crash or a full disk. */
export const unfinishedImportSchema = z.object({
  importId: id,
  fileName: z.string(),
  at: z.string(),
  rows: count,
  done: count,
  counts: importCountsSchema,
  /** The file is not kept any more: choose it again to go on. */
  needsFile: z.boolean(),
})
export type UnfinishedImport = z.infer<typeof unfinishedImportSchema>

const ofImport = z.object({ importId: id })
const page = { offset: count, limit: z.number().int().min(1).max(500) }

/**
 * Requests of the import. An import is opened, understood, rehearsed and applied; its id is that of the
 * batch in the company's history. All but `open` fail with `not_found` when it is not known here.
 */
export const importRequests = {
  /** Reads a file; nothing is written. Codes: `too_large`, `unreadable`, `empty`, `not_text`, `forbidden`. */
  'import.open': {
    input: z.object({ file: fileSchema, fileName: z.string(), reading: importReadingSchema.optional() }),
    output: resultSchema(importUnderstoodSchema),
  },
  /** Reads the same file in another way, under the same id; a rehearsal is forgotten. */
  'import.reread': {
    input: z.object({ importId: id, reading: importReadingSchema }),
    output: resultSchema(importUnderstoodSchema),
  },
  /** Judges every row; nothing is written. Code `mapping` where no column is a name, an email or a phone, `too_many`, `running`, `cancelled`. */
  'import.rehearse': {
    input: z.object({ importId: id, mapping: importMappingSchema }),
    output: resultSchema(importSummarySchema),
  },
  /** Rows of the rehearsal in the order of the file; `search`: text in any cell. */
  'import.rows': {
    input: z.object({
      importId: id,
      kind: importKindSchema.nullable(),
      search: z.string().max(200).optional(),
      ...page,
    }),
    output: resultSchema(z.object({ rows: z.array(importRowSchema), total: count })),
  },
  /** Corrects a row; it is judged anew. Fails with `invalid` and the field. */
  'import.fix': {
    input: z.object({ importId: id, row: z.number().int().positive(), fields: customerFieldsSchema.partial() }),
    output: resultSchema(z.object({ row: importRowSchema, summary: importSummarySchema })),
  },
  /** What is to be done with rows of a kind, all of them or some; what a kind does not allow (`IMPORT_ACTIONS`) is refused. */
  'import.choose': {
    input: z.object({
      importId: id,
      action: importActionSchema,
      kind: importKindSchema.optional(),
      rows: z.array(z.number().int().positive()).max(10_000).optional(),
    }),
    output: resultSchema(importSummarySchema),
  },
  /** Starts to write, and answers when the start is durable; `import.progress` tells the rest. Code `too_many`. */
  'import.apply': { input: ofImport, output: resultSchema(importProgressSchema) },
  'import.pause': { input: ofImport, output: resultSchema(z.null()) },
  /** Goes on after a pause or a crash; with the file where it `needsFile`. Code `other_file`. */
  'import.resume': {
    input: z.object({ importId: id, file: fileSchema.optional() }),
    output: resultSchema(importProgressSchema),
  },
  /** Stops rehearsal or import after the chunk under way, or gives up an unfinished one; what was written stays and is counted. */
  'import.cancel': { input: ofImport, output: resultSchema(z.null()) },
  'import.report': { input: ofImport, output: resultSchema(importReportSchema) },
  'import.reportRows': {
    input: z.object({ importId: id, outcome: rowOutcomeSchema.nullable(), ...page }),
    output: resultSchema(z.object({ rows: z.array(reportRowSchema), total: count })),
  },
  /** The rows that failed, with the columns of the file and the reason, as CSV that can be imported again. */
  'import.failedRows': { input: ofImport, output: resultSchema(z.object({ fileName: z.string(), csv: z.string() })) },
  /** Imports of the company, newest first. */
  'import.history': { input: z.null(), output: z.array(importHistoryEntrySchema) },
  'import.unfinished': { input: z.null(), output: z.array(unfinishedImportSchema) },
  /**
   * Says that an import of another computer has ended, with what is known here to have come in. Codes: `forbidden`,
   * `running`: it was begun on this computer.
   */
  'import.markEnded': {
    input: ofImport,
    output: resultSchema(z.object({ created: count, updated: count })),
  },
  'import.undoPreview': { input: ofImport, output: resultSchema(undoPreviewSchema) },
  /** Takes an import back; `editedToo`: with the customers that were edited since. Answers what was done. */
  'import.undo': {
    input: z.object({ importId: id, editedToo: z.boolean().optional() }),
    output: resultSchema(undoPreviewSchema),
  },
} as const
