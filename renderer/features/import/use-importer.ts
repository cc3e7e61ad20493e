import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { createImporter, type Importer } from './import-flow.ts'
import { offerUndo } from './offer-undo.ts'

let current: { readonly of: string; readonly importer: Importer } | null = null

/** The import of whoever is signed in; it outlives the screen, and never passes to another user or company. */
export function useImporter(): Importer {
  const { client } = useReplica()
  const { user, workspace } = useSignedIn()
  const of = `${user.id} ${workspace.companyId}`
  if (current?.of !== of) current = { of, importer: createImporter(client, (progress) => offerUndo(client, progress)) }
  return current.importer
}
