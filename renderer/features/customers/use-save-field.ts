import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import type { Customer, CustomerField } from '#shared/domain/customer.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { baseOf, type CustomerFormValues, changesBetween, formErrors } from '../../lib/customer-form-values.ts'

const words = strings.profile

/** Saves one field of a customer; null when that worked, or there was nothing to save. */
export type SaveField = (before: CustomerFormValues, after: CustomerFormValues) => Promise<AppError | null>

/** Writes a field at once and offers to take it back: that field only, and only what this edit changed. */
export function useSaveField({ id, name }: Customer, field: CustomerField): SaveField {
  const { customers } = useReplica().services
  return useCallback(
    async (before, after) => {
      const message = formErrors(after, before)[field]
      if (message !== undefined) return { code: 'invalid', message, field }
      const changes = changesBetween(before, after)
      if (Object.keys(changes).length === 0) return null
      const base = baseOf(before, changes)
      const answer = await customers.updateCustomer(id, changes, base)
      if (!answer.ok) return answer.error

      async function undo(): Promise<void> {
        const taken = await customers.updateCustomer(id, base, changes)
        if (taken.ok) return
        const title = words.undoFailed(strings.fields[field])
        notifications.show({ color: 'red', title, message: taken.error.message })
      }
      showUndoToast(`edited-${id}-${field}`, words.changed(strings.fields[field], name), () => void undo())
      return null
    },
    [customers, id, name, field],
  )
}
