import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { strings } from '../app/strings.ts'
import { useReplica } from './use-replica.ts'

const words = strings.merge

/** Takes a merge back and says so. */
export function useUndoMerge(): (mergeId: string) => Promise<void> {
  const { dedupe } = useReplica().services
  return useCallback(
    async (mergeId) => {
      const answer = await dedupe.undoMerge(mergeId)
      notifications.show(
        answer.ok
          ? { message: words.undone, autoClose: 3_000 }
          : { color: 'red', title: words.undoFailed, message: answer.error.message },
      )
    },
    [dedupe],
  )
}
