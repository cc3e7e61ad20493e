import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import { strings } from '../../app/strings.ts'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useRestoreCustomer } from '../../hooks/use-restore-customer.ts'
import { routes } from '../../lib/routes.ts'

const words = strings.detail

/** Deletes at once and offers to take it back for ten seconds; nobody is asked first. */
export function useDeleteCustomer(): (customer: Pick<Customer, 'id' | 'name'>) => Promise<void> {
  const { cursor, rows, list } = useReplica()
  const { customers } = useReplica().services
  const restore = useRestoreCustomer()
  const [location, navigate] = useLocation()

  return useCallback(
    async (customer: Pick<Customer, 'id' | 'name'>) => {
      const wasOpen = location.startsWith(routes.customer(customer.id))
      async function takeBack(): Promise<void> {
        if ((await restore(customer)) && wasOpen) navigate(routes.customer(customer.id))
      }

      // The cursor goes on to the neighbour where it stands on who is deleted, else it stays.
      const isAtCursor = list.get().selectedId === customer.id
      const index = isAtCursor ? cursor.index() : null
      const neighbour = index === null ? undefined : (rows.row(index + 1) ?? rows.row(index - 1))
      const answer = await customers.deleteCustomer(customer.id)
      if (!answer.ok) {
        notifications.show({ color: 'red', title: words.deleteFailed, message: answer.error.message })
        return
      }
      if (wasOpen) navigate(routes.customers)
      if (list.get().selectedId === customer.id) list.set({ ...list.get(), selectedId: neighbour?.id ?? null })
      requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
      showUndoToast(`deleted-${customer.id}`, words.deleted(customer.name), () => void takeBack())
    },
    [customers, restore, cursor, rows, list, location, navigate],
  )
}
