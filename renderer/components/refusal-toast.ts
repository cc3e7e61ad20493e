import { notifications } from '@mantine/notifications'
import { spoken } from '../texts/spoken.ts'

/** Tells why the role refuses something, where nothing can be hovered or focused to read it. */
export function tellRefusal(reason: string): void {
  // One that still shows would keep its own text.
  notifications.hide('not-allowed')
  notifications.show({ id: 'not-allowed', message: spoken(reason), autoClose: 5_000 })
}
