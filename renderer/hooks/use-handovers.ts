import { useCallback, useEffect, useState } from 'react'
import type { Handover } from '#shared/replica-api/handover.ts'
import { useReplica } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** Unsent changes of companies that the user lost, and what asks for them again. Null: not known yet. */
export function useHandovers(): { readonly handovers: readonly Handover[] | null; readonly reload: () => void } {
  const { client, session } = useReplica()
  const now = useStore(session)
  const [handovers, setHandovers] = useState<readonly Handover[] | null>(null)
  const reload = useCallback(() => {
    client.request('handover.list', null).then(setHandovers, () => setHandovers([]))
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has other hand-overs.
  useEffect(reload, [reload, now])
  return { handovers, reload }
}
