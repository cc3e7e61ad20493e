import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { routes } from '../../lib/routes.ts'
import classes from './undo-toast.module.css'

const words = strings.detail
const UNDO_MS = 10_000

/** Deletes at once and offers to take it back for ten seconds; nobody is asked first. */
export function useDeleteCustomer(): (customer: Customer) => Promise<void> {
  const { client, cursor, rows, list } = useReplica()
  const [, navigate] = useLocation()

  return useCallback(
    async (customer: Customer) => {
      async function restore(toast: string): Promise<void> {
        notifications.hide(toast)
        const answer = await client.request('customers.restore', { id: customer.id }).catch(() => null)
        if (answer?.ok === true) {
          navigate(routes.customer(customer.id))
          notifications.show({ message: words.restored(customer.name), autoClose: 3_000 })
          return
        }
        notifications.show({ color: 'red', title: words.restoreFailed, message: answer?.error.message ?? '' })
      }

      const index = cursor.index()
      const neighbour = index === null ? undefined : (rows.row(index + 1) ?? rows.row(index - 1))
      const answer = await client.request('customers.delete', { id: customer.id }).catch(() => null)
      if (answer?.ok !== true) {
        notifications.show({ color: 'red', title: words.deleteFailed, message: answer?.error.message ?? '' })
        return
      }
      navigate(routes.customers)
      list.set({ ...list.get(), selectedId: neighbour?.id ?? null })
      requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
      const toast = `deleted-${customer.id}`
      notifications.show({
        id: toast,
        autoClose: UNDO_MS,
        withAutoCloseProgress: true,
        message: (
          <div className={classes.toast}>
            <span>{words.deleted(customer.name)}</span>
            <Button variant="default" onClick={() => void restore(toast)}>
              {strings.actions.undo}
            </Button>
          </div>
        ),
      })
    },
    [client, cursor, rows, list, navigate],
  )
}
