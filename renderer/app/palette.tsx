import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import { useApplyFilter } from '../hooks/use-apply-filter.ts'
import { useActor, useReplica } from '../hooks/use-replica.ts'
import { useSavedFilters } from '../hooks/use-saved-filters.ts'
import { useServices } from '../hooks/use-services.ts'
import { useSignOut } from '../hooks/use-sign-out.ts'
import { INITIAL_LIST_STATE, queryOf, withFilter, withNothingNarrowed } from '../lib/list-state.ts'
import { routes, SETTINGS_SECTIONS } from '../lib/routes.ts'
import { openShortcutsHelp } from './shortcuts-help.tsx'
import { strings } from './strings.ts'

const words = strings.palette
/** Customers shown below the commands. */
const CUSTOMERS_SHOWN = 6

/** Everything the app can do, and every customer, behind one shortcut. */
export function Palette() {
  const [query, setQuery] = useState('')
  const commands = useCommands()
  const customers = useCustomers(query)
  const needle = query.trim().toLocaleLowerCase()
  const matching = commands
    .map((group) => ({
      ...group,
      actions: group.actions.filter((action) => (action.label ?? '').toLocaleLowerCase().includes(needle)),
    }))
    .filter((group) => group.actions.length > 0)
  const actions = customers.length === 0 ? matching : [...matching, { group: words.customers, actions: customers }]
  return (
    <Spotlight
      actions={actions}
      // Filtered above: the customers come from the replica's own search.
      filter={(_query, all) => all}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      nothingFound={words.nothing}
      searchProps={{ placeholder: words.placeholder, 'aria-label': words.label }}
      // The label belongs to the dialog itself; Spotlight has no property for it.
      attributes={{ content: { 'aria-label': words.label } }}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      // What is typed right after the shortcut must land in the field.
      transitionProps={{ duration: 0 }}
      scrollable
      maxHeight={420}
    />
  )
}

function useCommands(): readonly SpotlightActionGroupData[] {
  const [, navigate] = useLocation()
  const { client, list } = useReplica()
  const savedFilters = useSavedFilters()
  const apply = useApplyFilter()
  const { setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const mayCreate = customerPermission(useActor(), 'create').allowed
  const { nav, actions, settings } = strings
  const go = (label: string, href: string): SpotlightActionData => ({
    id: href,
    label,
    onClick: () => navigate(href),
  })
  const view = (name: 'all' | 'mine' | 'recent'): SpotlightActionData => ({
    id: `view-${name}`,
    label: words.view(strings.list.views[name]),
    onClick: () => {
      list.set(withFilter(withNothingNarrowed(list.get()), name === 'all' ? {} : { view: name }))
      navigate(routes.customers)
    },
  })
  const scheme = (name: 'light' | 'dark' | 'auto'): SpotlightActionData => ({
    id: `scheme-${name}`,
    label: words.appearance(settings.schemes[name]),
    onClick: () => setColorScheme(name),
  })
  const create: SpotlightActionData[] = mayCreate ? [go(actions.newCustomer, routes.newCustomer)] : []
  return [
    {
      group: words.do,
      actions: [
        ...create,
        { id: 'sync', label: actions.syncNow, onClick: () => void client.request('sync.now', null) },
        { id: 'help', label: strings.help.title, onClick: openShortcutsHelp },
        scheme('light'),
        scheme('dark'),
        scheme('auto'),
        { id: 'sign-out', label: actions.signOut, onClick: () => void signOut() },
      ],
    },
    {
      group: words.go,
      actions: [
        view('all'),
        view('mine'),
        view('recent'),
        go(nav.duplicates, routes.duplicates),
        go(strings.conversations.title, routes.conversations),
        go(nav.import, routes.import),
        go(strings.export.title, routes.export),
        go(nav.attention, routes.attention),
        go(nav.sync, routes.sync),
        ...SETTINGS_SECTIONS.map((section) =>
          go(settings.inPalette(settings.sections[section]), routes.settingsSection(section)),
        ),
      ],
    },
    {
      group: words.savedFilters,
      actions: savedFilters.map((filter) => ({ id: filter.id, label: filter.name, onClick: () => apply(filter) })),
    },
  ]
}

interface Found {
  readonly search: string
  readonly rows: readonly CustomerRow[]
}

function useCustomers(typed: string): SpotlightActionData[] {
  const { customers } = useServices()
  const [, navigate] = useLocation()
  const [found, setFound] = useState<Found>({ search: '', rows: [] })
  const search = typed.trim().slice(0, 200)
  useEffect(() => {
    if (search === '') return
    let isCurrent = true
    const query = queryOf({ ...INITIAL_LIST_STATE, search })
    customers.getCustomers(query, { offset: 0, limit: CUSTOMERS_SHOWN }).then(
      (window) => {
        if (isCurrent) setFound({ search, rows: window.rows })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [customers, search])
  if (search === '') return []
  return found.rows.map((row) => ({
    id: row.id,
    label: row.name,
    description: [row.email, row.phone].filter((text) => text !== null).join(' · '),
    // Until the answer to what stands in the field is here (a frame or two) the rows of the key before
    // stay, so that nothing jumps; but Enter must not open one of them.
    disabled: found.search !== search,
    onClick: () => navigate(routes.customer(row.id)),
  }))
}
