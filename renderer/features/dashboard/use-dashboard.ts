import { useEffect, useRef, useState } from 'react'
import type { Dashboard } from '#shared/replica-api/dashboard.ts'
import type { ImportHistoryEntry } from '#shared/replica-api/import.ts'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** What the overview shows. */
export interface Overview {
  readonly figures: Dashboard
  /** Newest first. */
  readonly imports: readonly ImportHistoryEntry[]
}

/** A sync or an import changes the data many times a second: figures that flicker say nothing. */
const PAUSE_MS = 500

/** The figures of the open company, counted again after a change. `undefined`: not known yet; null: they can't be counted. */
export function useDashboard(): Overview | null | undefined {
  const { client, dataVersion } = useReplica()
  const { companyId } = useSignedIn().workspace
  const version = useStore(dataVersion)
  const [known, setKnown] = useState<{ readonly of: string; readonly overview: Overview | null }>()
  const askedAt = useRef(Number.NEGATIVE_INFINITY)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that something changed.
  useEffect(() => {
    let isCurrent = true
    const show = (overview: Overview | null): void => {
      if (isCurrent) setKnown({ of: companyId, overview })
    }
    const read = (): void => {
      askedAt.current = performance.now()
      Promise.all([client.request('dashboard.read', null), client.request('import.history', null)]).then(
        // While no company is open the figures before stay: a change of the data follows.
        ([figures, imports]) => figures !== null && show({ figures, imports }),
        () => show(null),
      )
    }
    const timer = setTimeout(read, Math.max(0, askedAt.current + PAUSE_MS - performance.now()))
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [client, companyId, version])

  return known?.of === companyId ? known.overview : undefined
}
