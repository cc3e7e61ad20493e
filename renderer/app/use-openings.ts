import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { Opening } from '#shared/ipc/desktop.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { useOpenImport } from '../features/import/use-open-import.ts'
import { useDesktop } from '../hooks/use-desktop.ts'
import { useStore } from '../hooks/use-store.ts'
import { routes } from '../lib/routes.ts'
import { createStore } from '../lib/store.ts'
import { strings } from './strings.ts'

const words = strings.desktop.opening
const NONE = createStore<readonly Opening[]>([])

/** Opens what the system asked for: a customer's link, a file, the screen behind a notification. */
export function useOpenings(): void {
  const desktop = useDesktop()
  const openings = useStore(desktop?.openings ?? NONE)
  const openImport = useOpenImport()
  const [, navigate] = useLocation()

  useEffect(() => {
    if (desktop === null || openings.length === 0) return
    desktop.openings.set([])
    for (const opening of openings) open(opening)

    function open(opening: Opening): void {
      switch (opening.kind) {
        case 'customer':
          navigate(routes.customer(opening.id))
          break
        case 'screen':
          navigate(opening.screen === 'thisApp' ? routes.settingsSection('app') : routes[opening.screen])
          break
        case 'file':
          openImport(new File([opening.bytes], opening.name))
          break
        case 'connect': {
          const { host } = new URL(opening.config.supabaseUrl)
          notifications.show({ message: words.alreadyConnected(host), autoClose: 12_000 })
          break
        }
        case 'refused':
          notifications.show({ color: 'red', message: words[opening.reason], autoClose: 12_000 })
          break
        default:
          assertNever(opening)
      }
    }
  }, [desktop, openings, openImport, navigate])
}
