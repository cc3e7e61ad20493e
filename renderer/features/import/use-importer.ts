import { useReplica } from '../../hooks/use-replica.ts'
import { perSession } from '../../lib/per-session.ts'
import { createImporter, type Importer } from './import-flow.ts'
import { offerUndo } from './offer-undo.ts'

const importerOf = perSession(
  (client) => createImporter(client, (progress) => offerUndo(client, progress)),
  (importer) => importer.end(),
)

/** The import of whoever is signed in. */
export function useImporter(): Importer {
  return importerOf(useReplica())
}
