import type { CollectionRow } from '#shared/sync-protocol/collections.ts'
import { ImportArchive } from './import-archive.ts'
import type { ImportDeps } from './import-deps.ts'
import { ImportDesk } from './import-desk.ts'
import { ImportUndo } from './import-undo.ts'
import { ImportWriter } from './import-writer.ts'
import { KnownImports } from './known-imports.ts'

/** The imports of a workspace: before they are written, while they are, and afterwards. */
export interface Imports {
  readonly desk: ImportDesk
  readonly writer: ImportWriter
  readonly archive: ImportArchive
  readonly undoing: ImportUndo
}

/** `batches`: all imports of the company as they show, newest first. */
export function createImports(deps: ImportDeps, batches: () => readonly CollectionRow<'importBatches'>[]): Imports {
  const desk = new ImportDesk(deps)
  const known = new KnownImports(deps.store)
  return {
    desk,
    writer: new ImportWriter(deps, desk, batches),
    archive: new ImportArchive(deps, known, batches),
    undoing: new ImportUndo(deps, known, batches),
  }
}
