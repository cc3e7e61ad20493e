import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { useActor } from '../hooks/use-replica.ts'
import { useSequence, useShortcuts } from '../hooks/use-shortcuts.ts'
import { routes } from '../lib/routes.ts'
import { PLACES } from './places.ts'
import { openShortcutsHelp } from './shortcuts-help.tsx'

/** Shortcuts that work on every screen; lists and details add their own. */
export function useAppShortcuts(): void {
  const [, navigate] = useLocation()
  const mayCreate = customerPermission(useActor(), 'create').allowed
  useShortcuts({
    '?': openShortcutsHelp,
    n: () => {
      if (mayCreate) navigate(routes.newCustomer)
    },
    i: () => navigate(routes.import),
    d: () => navigate(routes.duplicates),
  })
  useSequence('g', Object.fromEntries(PLACES.map(({ key, href }) => [key, () => navigate(href)])))
}
