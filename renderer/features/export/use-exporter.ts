import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { createExporter, type Exporter } from './exporter.ts'

let current: { readonly of: string; readonly exporter: Exporter } | null = null

/** The export of whoever is signed in; it outlives the screen, and never passes to another user or company. */
export function useExporter(): Exporter {
  const { client } = useReplica()
  const { user, workspace } = useSignedIn()
  const of = `${user.id} ${workspace.companyId}`
  if (current?.of !== of) {
    current?.exporter.stop()
    current = { of, exporter: createExporter(client) }
  }
  return current.exporter
}
