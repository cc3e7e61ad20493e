import { notifications } from '@mantine/notifications'
import { useLocation } from 'wouter'
import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import { readSavedList } from '#shared/domain/saved-list.ts'
import { strings } from '../app/strings.ts'
import { withSavedList } from '../lib/list-state.ts'
import { routes } from '../lib/routes.ts'
import { useReplica } from './use-replica.ts'

const words = strings.filters.saved

/** Shows the list as a saved filter says; tells why where a newer app wrote it. */
export function useApplyFilter(): (filter: SavedFilter) => void {
  const { list } = useReplica()
  const [, navigate] = useLocation()
  return (filter) => {
    const saved = readSavedList(filter.filter)
    if (saved === null) {
      notifications.show({ id: 'unreadable-filter', title: words.unreadableTitle, message: words.unreadableBody })
      return
    }
    list.set(withSavedList(list.get(), saved))
    navigate(routes.customers)
  }
}
