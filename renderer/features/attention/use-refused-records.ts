import { useCallback, useEffect, useState } from 'react'
import type { RefusedRecord } from '#shared/replica-api/records.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'

/** Refused changes of anything but customers, and what reads them again. */
export function useRefusedRecords(): { readonly records: readonly RefusedRecord[]; readonly reload: () => void } {
  const { client, sync } = useReplica()
  const { attention } = useStore(sync)
  const [records, setRecords] = useState<readonly RefusedRecord[]>([])

  const reload = useCallback(() => {
    // After a failure they stay as they were; the next status asks again.
    client.request('attention.records', null).then(setRecords, () => undefined)
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is what says that something changed.
  useEffect(reload, [reload, attention])

  return { records, reload }
}
