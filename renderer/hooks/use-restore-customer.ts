import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import type { Customer } from '#shared/domain/customer.ts'
import { strings } from '../app/strings.ts'
import { useReplica } from './use-replica.ts'

const words = strings.detail

/** Brings a deleted customer back and says so, or why not. Resolves to whether they are back. */
export function useRestoreCustomer(): (customer: Pick<Customer, 'id' | 'name'>) => Promise<boolean> {
  const { customers } = useReplica().services
  return useCallback(
    async ({ id, name }) => {
      const answer = await customers.restoreCustomer(id)
      notifications.show(
        answer.ok
          ? { message: words.restored(name), autoClose: 3_000 }
          : { color: 'red', title: words.restoreFailed, message: answer.error.message },
      )
      return answer.ok
    },
    [customers],
  )
}
