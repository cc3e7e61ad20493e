import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import type { RecordChange } from '#shared/replica-api/records.ts'
import { fail, type Result } from '#shared/util/result.ts'
import { strings } from '../app/strings.ts'
import { useReplica } from './use-replica.ts'

const words = strings.merge

/** What somebody does with duplicates: done at once, here, and sent when the network allows. */
interface Merging {
  /** Answers with the id of the record. A failure is a value, nothing was written then. */
  readonly change: (change: RecordChange) => Promise<Result<{ readonly id: string }>>
  /** Takes a merge back and says so. True: it worked. */
  readonly undo: (mergeId: string) => Promise<boolean>
}

/** Merging, and taking it back. */
export function useMerge(): Merging {
  const { client } = useReplica()
  return useMemo(() => {
    const change: Merging['change'] = (input) =>
      client.request('records.change', input).catch(() => fail('bug', words.unexpected))
    return {
      change,
      undo: async (mergeId) => {
        const answer = await change({ kind: 'merge.undo', mergeId })
        notifications.show(
          answer.ok
            ? { message: words.undone, autoClose: 3_000 }
            : { color: 'red', title: words.undoFailed, message: answer.error.message },
        )
        return answer.ok
      },
    }
  }, [client])
}
