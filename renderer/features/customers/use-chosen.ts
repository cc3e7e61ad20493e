import { useEffect, useState } from 'react'
import type { ChosenSummary } from '#shared/replica-api/bulk.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** Who is chosen, as they are now: asked anew with every change of the choice or the data; null: not known yet. */
export function useChosen(): ChosenSummary | null {
  const { client, picker, dataVersion } = useReplica()
  const selection = useStore(picker.selection)
  const version = useStore(dataVersion)
  const [summary, setSummary] = useState<ChosenSummary | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what says that the answer is another one.
  useEffect(() => {
    let isCurrent = true
    client.request('bulk.look', { chosen: picker.chosen() }).then(
      (next) => {
        if (isCurrent) setSummary(next)
      },
      // It stays as it was; the next change asks again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [client, picker, selection, version])

  return summary
}
