import type { Guard } from '../guard.ts'

const BROKEN_OFF = ['sync/import/broken-off.test.ts'] as const
const IMPORTS = ['sync/import/imports.test.ts'] as const
const WRITING = ['sync/import/writing.test.ts'] as const
const ROLES = ['sync/import/roles-and-privacy.test.ts'] as const
const WRITER = { spec: 'IO-3', file: 'sync/import/import-writer.ts', tests: BROKEN_OFF } as const
const JUDGE = { file: 'sync/import/row-judge.ts' } as const
const UNDO = { spec: 'IO-4', file: 'sync/import/undo-rows.ts', tests: IMPORTS } as const

const SERVER_UNDO = {
  spec: 'IO-4',
  file: 'database/postgres/migrations/20261122001850_import_undo.sql',
  tests: ['database/postgres/import-undo.integration.test.ts'],
} as const

const AGAIN = ['sync/import/undo-again.test.ts'] as const
const OTHERS = ['sync/import/undo-others-work.test.ts'] as const

/** Imports that are broken off, repeated and undone, and exports. */
export const IMPORT_GUARDS: readonly Guard[] = [
  {
    ...WRITER,
    id: 'import.position-with-rows',
    against: 'after a crash nobody knows which rows are done',
    find: 'return { put: customers.put(), state: journalStep(importId, next, isPlain ? undefined : journal), next }',
    off: 'return { put: customers.put(), state: {}, next }',
  },
  {
    ...WRITER,
    id: 'import.same-file',
    against: 'an import that was broken off goes on with another file',
    find: 'if ((await digestOf(bytes.value)) !== plan.digest) return other',
    off: '',
  },
  {
    ...WRITER,
    tests: WRITING,
    id: 'import.starts-once',
    against: 'a double click writes an import twice, and its undoing restores nothing',
    find: 'if (under !== undefined) return under\n',
    off: '',
  },
  {
    spec: 'IO-2',
    file: 'sync/import/import-plan.ts',
    tests: ['sync/import/import-plan.test.ts'],
    id: 'import.left-out-twin',
    against: 'who repeats a row that was left out is written into a customer whom nobody confirmed',
    find: "if (action === 'skip' && at !== place) return null",
    off: '',
  },
  {
    spec: 'IO-4',
    file: 'sync/import/import-archive.ts',
    tests: ['sync/import/import-archive.test.ts'],
    id: 'import.damage-told',
    against: 'what can’t be read of an import is reported as if it had gone as planned',
    find: 'return found.journal.isWhole ? ok(found.reader) : DAMAGED',
    off: 'return ok(found.reader)',
  },
  {
    spec: 'IO-3',
    file: 'sync/import/import-journal.ts',
    tests: IMPORTS,
    id: 'import.ids-follow-rows',
    against: 'a row that is written again makes a second customer',
    find: "return importId.slice(0, -8) + last.toString(16).padStart(8, '0')",
    off: "return importId.slice(0, -8) + Math.floor(last * Math.random()).toString(16).padStart(8, '0')",
  },
  {
    ...JUDGE,
    spec: 'IO-4',
    tests: IMPORTS,
    id: 'import.identical-rows',
    against: 'the same file twice doubles whom no key finds',
    find: 'this.#identical(place, fields) ?? this.#best(place, record, fields)',
    off: 'this.#best(place, record, fields)',
  },
  {
    ...JUDGE,
    spec: 'R-1',
    tests: ROLES,
    id: 'import.not-allowed',
    against: 'an import changes customers whom its user may not edit, and all of it is refused later',
    find: "kind: this.#view.mayEdit(customer) ? 'update' : 'notAllowed'",
    off: "kind: 'update'",
  },
  {
    ...UNDO,
    id: 'import.undo-keeps-edited',
    against: 'undoing an import deletes customers whom somebody has worked with since',
    find: "worked !== 'none' && !editedToo",
    off: "worked !== 'none' && held.id === ''",
  },
  {
    ...UNDO,
    tests: ROLES,
    id: 'import.undo-names-import',
    against: 'whoever may not delete can’t undo their own import',
    find: "worked === 'of others' ? edit : { ...edit, importId }",
    off: 'edit',
  },
  {
    ...SERVER_UNDO,
    id: 'import.undo-keeps-work-of-others',
    against: 'who may not delete undoes an import, and others’ edits go with it',
    find: `where edit ->> 'by' is distinct from v_user::text
            and (`,
    off: `where false
            and (`,
  },
  {
    ...SERVER_UNDO,
    id: 'import.undo-asks-log',
    against: 'who writes over a colleague’s edit deletes the customer with their import',
    find: "and a.action not in ('created', 'deleted', 'exported')",
    off: 'and false',
  },
  {
    ...UNDO,
    tests: OTHERS,
    id: 'import.undo-sees-work-around',
    against: 'an undo promises to remove customers with quotes or calls, and the server refuses it',
    find: 'held.conversationCount > 0 || context.hasWorkAround(held)',
    off: 'held.conversationCount > 0',
  },
  {
    ...UNDO,
    tests: OTHERS,
    id: 'import.undo-claimed-edits',
    against: 'an edit that claims to be of an import goes with it',
    find: ' || edit.by !== importedBy',
    off: '',
  },
  {
    spec: 'IO-4',
    file: 'sync/replication/push-loop.ts',
    tests: AGAIN,
    id: 'import.undo-after-record',
    against: 'an undo reaches the server before the import does, and is refused for good',
    find: ' && !this.#undoesUnknown(next)',
    off: '',
  },
  {
    spec: 'IO-4',
    file: 'sync/import/import-undo.ts',
    tests: AGAIN,
    id: 'import.undo-when-ended',
    against: 'an import that runs on another computer is undone half-way',
    find: 'batch?.endedAt !== null',
    off: 'true',
  },
  {
    spec: 'IO-4',
    file: 'database/postgres/migrations/20261122001300_import_batches.sql',
    tests: ['database/postgres/sync-push-records.integration.test.ts'],
    id: 'import.ended-once',
    against: 'somebody else rewrites what an import has come to',
    find: 'and not (old.ended_at is null and new.ended_at is not null)',
    off: 'and new.ended_at is null',
  },
  {
    spec: 'IO-4',
    file: 'database/postgres/migrations/20261122005300_sync_push_records.sql',
    tests: ['database/postgres/sync-push-records.integration.test.ts'],
    id: 'import.ended-meanwhile',
    against: 'who closes and undoes an import that ended meanwhile is refused both',
    find: "v_changes := '{}';",
    off: 'null;',
  },
  {
    spec: 'IO-4',
    file: 'sync/import/import-archive.ts',
    tests: ['sync/import/lost-computer.test.ts'],
    id: 'import.closed-elsewhere',
    against: 'an import is closed on the computer that can still go on with it',
    find: 'if (journal !== undefined && !isOver(journal.position)) {',
    off: 'if (journal?.position === null) {',
  },
  {
    spec: 'IO-4',
    file: 'sync/import/import-undo.ts',
    tests: AGAIN,
    id: 'import.undo-again',
    against: 'nobody takes back what came in after an undo',
    find: 'if (wasUndone && !(await somethingToUndo(steps)))',
    off: 'if (wasUndone)',
  },
  {
    ...WRITER,
    spec: 'IO-4',
    tests: AGAIN,
    id: 'import.undone-writes-nothing',
    against: 'an import goes on after it was undone on another computer',
    find: 'id === importId && undoneAt !== null',
    off: 'false',
  },
  {
    ...SERVER_UNDO,
    id: 'import.undo-of-own-customers',
    against: 'a made-up import deletes customers whom somebody else imported',
    find: '       and c.created_by_user_id = b.user_id\n',
    off: '',
  },
  {
    ...SERVER_UNDO,
    spec: 'R-1',
    id: 'import.undo-is-a-right',
    against: 'sales undo imports of others',
    find: "r.role = 'sales' and p_import_user = auth.uid()",
    off: "r.role = 'sales'",
  },
  {
    ...UNDO,
    id: 'import.undo-keeps-later-values',
    against: 'undoing an import takes away what was entered after it',
    find: 'const back = fields.filter((field) => sameValue(held[field], after[field]))',
    off: 'const back = fields',
  },
  {
    spec: 'DB-8',
    file: 'sync/import/forget-in-journal.ts',
    tests: ROLES,
    id: 'import.journal-forgets',
    against: 'an erased person stays in the journal of an import',
    find: "const next = 'fixes' in read ? planWithout(read, tells) : chunkWithout(read, tells, traces)",
    off: "const next = 'fixes' in read ? read : chunkWithout(read, tells, traces)",
  },
  {
    spec: 'IO-5',
    file: 'sync/export/export-service.ts',
    tests: ['sync/export/export-service.test.ts'],
    id: 'export.recorded-first',
    against: 'customers leave without an entry in the company’s log',
    find: 'if (!recorded.ok) return recorded',
    off: '',
  },
]
