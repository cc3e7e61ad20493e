import { useEffect, useState } from 'react'
import type { RequestOutput } from '#shared/replica-api/contract.ts'
import { useReplica, useSignedIn } from './use-replica.ts'
import { useStore } from './use-store.ts'

/** Chats that wait for somebody to say whose they are. `undefined`: not known yet; null: they can't be read. */
export type WaitingChats = RequestOutput<'chats.waiting'> | null | undefined

/** The first `limit` of them, asked for again when it may be others, or their customers changed. */
export function useWaitingChats(limit: number): WaitingChats {
  const { client, dataVersion } = useReplica()
  const { chats } = useReplica().services
  const { companyId } = useSignedIn().workspace
  const version = useStore(dataVersion)
  const [found, setFound] = useState<{ readonly of: string; readonly waiting: WaitingChats }>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that something changed.
  useEffect(() => {
    let isCurrent = true
    const read = (): void => {
      chats.getWaitingChats({ offset: 0, limit }).then(
        (waiting) => {
          if (isCurrent) setFound({ of: companyId, waiting })
        },
        () => {
          if (isCurrent) setFound({ of: companyId, waiting: null })
        },
      )
    }
    read()
    const off = client.onNotice('chats.changed', read)
    return () => {
      isCurrent = false
      off()
    }
  }, [client, chats, companyId, limit, version])

  return found?.of === companyId ? found.waiting : undefined
}
