import { useReplica } from '../../hooks/use-replica.ts'
import { perSession } from '../../lib/per-session.ts'
import { createExporter, type Exporter } from './exporter.ts'

const exporterOf = perSession(createExporter, (exporter) => exporter.stop())

/** The export of whoever is signed in. */
export function useExporter(): Exporter {
  return exporterOf(useReplica())
}
