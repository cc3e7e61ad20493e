import { useCallback, useEffect, useState } from 'react'
import type { ReplicaFacts } from '#shared/replica-api/replica-data.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** What the copy on this device holds; null: not known yet. Asked again with every change of the data. */
export function useReplicaFacts(): { readonly facts: ReplicaFacts | null; readonly reload: () => void } {
  const { client, dataVersion, sync } = useReplica()
  const version = useStore(dataVersion)
  const { waiting, attention } = useStore(sync)
  const [facts, setFacts] = useState<ReplicaFacts | null>(null)
  const reload = useCallback(() => {
    // It stays as it was; the next change asks again.
    client.request('data.facts', null).then(setFacts, () => undefined)
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the data changed, or was sent.
  useEffect(reload, [reload, version, waiting, attention])
  return { facts, reload }
}
