import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { createImporter, type Importer } from './import-flow.ts'

let current: { readonly userId: string; readonly importer: Importer } | null = null

/** The import of whoever is signed in; it outlives the screen, and never passes to another user. */
export function useImporter(): Importer {
  const { client } = useReplica()
  const { user } = useSignedIn()
  if (current?.userId !== user.id) current = { userId: user.id, importer: createImporter(client) }
  return current.importer
}
