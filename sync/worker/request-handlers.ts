import type { z } from 'zod'
import {
  type AdministrationInput,
  type AdministrationName,
  administrationRequests,
} from '#shared/replica-api/administration.ts'
import type { bulkRequests } from '#shared/replica-api/bulk.ts'
import type { ReplicaRequests, RequestName } from '#shared/replica-api/contract.ts'
import type { exportRequests } from '#shared/replica-api/export.ts'
import type { importRequests } from '#shared/replica-api/import.ts'
import type { BulkEdits } from '../bulk/bulk-edits.ts'
import type { ExportService } from '../export/export-service.ts'
import type { Imports } from '../import/imports.ts'
import { changesCompany } from './administration.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { NOT_SIGNED_IN } from './session-service.ts'

/** An answer for each request of the contract. */
export type Handlers = {
  readonly [N in RequestName]: (
    input: z.output<ReplicaRequests[N]['input']>,
  ) => z.input<ReplicaRequests[N]['output']> | Promise<z.input<ReplicaRequests[N]['output']>>
}

/** Answers what is asked about exports, by those of the open workspace. */
export function exportHandlers(exports: () => ExportService | null): Pick<Handlers, keyof typeof exportRequests> {
  return {
    'export.open': ({ format, scope, columns }) => exports()?.open(format, scope, columns) ?? NOT_SIGNED_IN,
    'export.next': ({ exportId }) => exports()?.next(exportId) ?? NOT_SIGNED_IN,
    'export.close': ({ exportId }) => {
      exports()?.close(exportId)
      return null
    },
  }
}

/** Answers what is asked about acts on many customers, by those of the open workspace. */
export function bulkHandlers(bulk: () => BulkEdits | null): Pick<Handlers, keyof typeof bulkRequests> {
  return {
    'bulk.look': ({ chosen, query }) =>
      bulk()?.look(chosen, query) ?? { count: 0, editable: 0, listed: 0, first: [], tags: [] },
    'bulk.edit': ({ bulkId, chosen, change }) => bulk()?.edit(bulkId, chosen, change) ?? NOT_SIGNED_IN,
    'bulk.stop': ({ bulkId }) => {
      bulk()?.stop(bulkId)
      return null
    },
    'bulk.list': () => bulk()?.list() ?? [],
    'bulk.undo': ({ bulkId }) => bulk()?.undo(bulkId) ?? NOT_SIGNED_IN,
  }
}

/** Answers what is asked about the company, by the server; the sync brings at once what that has changed. */
export function administrationHandlers(
  open: () => Pick<OpenWorkspace, 'online' | 'sync'> | null,
): Pick<Handlers, AdministrationName> {
  const handler =
    <N extends AdministrationName>(name: N) =>
    async (input: AdministrationInput<N>) => {
      const workspace = open()
      if (workspace === null) return NOT_SIGNED_IN
      const answer = await workspace.online.administer(name, input)
      if (changesCompany(name)) workspace.sync.companyChanged()
      return answer
    }
  const names = Object.keys(administrationRequests) as AdministrationName[]
  // Each name with its own handler, which `Object.fromEntries` can't tell.
  return Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Pick<Handlers, AdministrationName>
}

/** Answers what is asked about imports, by those of the open workspace. */
export function importHandlers(imports: () => Imports | null): Pick<Handlers, keyof typeof importRequests> {
  const ask = <T>(run: (open: Imports) => T): T | typeof NOT_SIGNED_IN => {
    const open = imports()
    return open === null ? NOT_SIGNED_IN : run(open)
  }
  return {
    'import.open': ({ file, fileName, reading }) => ask(({ desk }) => desk.open(file, fileName, reading)),
    'import.reread': ({ importId, reading }) => ask(({ desk }) => desk.reread(importId, reading)),
    'import.rehearse': ({ importId, mapping }) => ask(({ desk }) => desk.rehearse(importId, mapping)),
    'import.rows': ({ importId, ...asked }) => ask(({ desk }) => desk.rows(importId, asked)),
    'import.fix': ({ importId, row, fields }) => ask(({ desk }) => desk.fix(importId, row, fields)),
    'import.choose': ({ importId, action, kind, rows }) => ask(({ desk }) => desk.choose(importId, action, kind, rows)),
    'import.apply': ({ importId }) => ask(({ writer }) => writer.apply(importId)),
    'import.pause': ({ importId }) => ask(({ writer }) => writer.pause(importId)),
    'import.resume': ({ importId, file }) => ask(({ writer }) => writer.resume(importId, file)),
    'import.cancel': ({ importId }) => ask(({ desk, writer }) => desk.stop(importId) ?? writer.cancel(importId)),
    'import.report': ({ importId }) => ask(({ archive }) => archive.report(importId)),
    'import.reportRows': ({ importId, outcome, offset, limit }) =>
      ask(({ archive }) => archive.reportRows(importId, outcome, offset, limit)),
    'import.failedRows': ({ importId }) => ask(({ archive }) => archive.failedRows(importId)),
    'import.history': () => imports()?.archive.history() ?? [],
    'import.unfinished': () => imports()?.writer.unfinished() ?? [],
    'import.markEnded': ({ importId }) => ask(({ archive }) => archive.markEnded(importId)),
    'import.undoPreview': ({ importId }) => ask(({ undoing }) => undoing.preview(importId)),
    'import.undo': ({ importId, editedToo }) => ask(({ undoing }) => undoing.undo(importId, editedToo ?? false)),
  }
}
