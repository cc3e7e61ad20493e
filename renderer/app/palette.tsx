import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight, type SpotlightActionData, useSpotlight } from '@mantine/spotlight'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useDeleteCustomer } from '../features/customers/use-delete-customer.ts'
import { useApplyFilter } from '../hooks/use-apply-filter.ts'
import { openCompany, useCompanies } from '../hooks/use-companies.ts'
import { useFoundCustomers } from '../hooks/use-found-customers.ts'
import { useActor, useReplica } from '../hooks/use-replica.ts'
import { useSavedFilters } from '../hooks/use-saved-filters.ts'
import { useSignOut } from '../hooks/use-sign-out.ts'
import { besideList } from '../lib/beside-list.ts'
import { chooseLanguage } from '../lib/choose-language.ts'
import { contactLine } from '../lib/contact-line.ts'
import { chosenCount } from '../lib/list-selection.ts'
import { withFilter, withNothingNarrowed } from '../lib/list-state.ts'
import { commandKey } from '../lib/platform.ts'
import { routes } from '../lib/routes.ts'
import { type CommandGroup, type CustomerHere, type PaletteContext, paletteCommands } from './palette-commands.ts'
import { openShortcutsHelp } from './shortcuts-help.tsx'
import { strings } from './strings.ts'

const words = strings.palette
/** Customers shown below the commands. */
const CUSTOMERS_SHOWN = 6
const [store, spotlight] = createSpotlight()

/** Everything the app can do, and every customer, behind one shortcut. */
export function Palette() {
  const [query, setQuery] = useState('')
  useShortcut()
  const commands = useCommands()
  const customers = useCustomers(query)
  const needle = query.trim().toLocaleLowerCase()
  const matching = commands
    .map((group) => ({
      ...group,
      actions: group.actions.filter((action) => action.label.toLocaleLowerCase().includes(needle)),
    }))
    .filter((group) => group.actions.length > 0)
  const actions = customers.length === 0 ? matching : [...matching, { group: words.customers, actions: customers }]
  return (
    <Spotlight
      store={store}
      actions={actions}
      // Filtered above: the customers come from the replica's own search.
      filter={(_query, all) => all}
      query={query}
      onQueryChange={setQuery}
      // Its own listens over other dialogs, too.
      shortcut={null}
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

/**
 * Ctrl+K (⌘K) opens and closes the palette, also while one types. It keeps quiet in rich text, where the keys make
 * a link, and over other dialogs: what those ask for must not come to stand over another screen.
 */
function useShortcut(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
      // On a Mac Ctrl+K is the system's, in every field.
      const isCommand = commandKey() === '⌘' ? metaKey && !ctrlKey : ctrlKey && !metaKey
      if (key.toLowerCase() !== 'k' || !isCommand || altKey || shiftKey) return
      if (target instanceof HTMLElement && target.isContentEditable) return
      if (!store.getState().opened && document.querySelector('[aria-modal="true"]') !== null) return
      event.preventDefault()
      spotlight.toggle()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      // Who signs in next, or comes back to a locked app, finds it closed.
      spotlight.close()
    }
  }, [])
}

function useCommands(): readonly CommandGroup[] {
  const [, navigate] = useLocation()
  const { client, list, rows, picker } = useReplica()
  const savedFilters = useSavedFilters()
  const { companies, switchTo } = useCompanies()
  const { setColorScheme } = useMantineColorScheme()
  const deleteCustomer = useDeleteCustomer()
  const context: PaletteContext = {
    actor: useActor(),
    customer: useCustomerHere(),
    chosen: chosenCount(picker.selection.get(), rows.get().total),
    companies,
    savedFilters,
    go: navigate,
    showList: (view) => {
      list.set(withFilter(withNothingNarrowed(list.get()), view === 'all' ? {} : { view }))
      navigate(routes.customers)
    },
    deleteCustomer: (customer) => void deleteCustomer(customer),
    clearChosen: picker.clear,
    switchTo: (companyId) => void openCompany(switchTo, companyId),
    applyFilter: useApplyFilter(),
    setScheme: setColorScheme,
    setLanguage: chooseLanguage,
    syncNow: () => void client.request('sync.now', null),
    showShortcuts: openShortcutsHelp,
    signOut: useSignOut(),
  }
  return paletteCommands(context)
}

/** Who is open or was just made, or with the list alone who is under its cursor. */
function useCustomerHere(): CustomerHere | null {
  const [location] = useLocation()
  const { list, rows } = useReplica()
  const { customers } = useReplica().services
  // The list is asked when the palette opens: followed, each step of its cursor would be a step of this, too.
  const { opened } = useSpotlight(store)
  const beside = location.startsWith(routes.customers) ? besideList(location) : null
  const openId = beside?.kind === 'customer' ? beside.id : beside?.kind === 'create' ? beside.madeId : null
  const id = beside?.kind === 'nothing' ? list.get().selectedId : openId
  const index = id === null ? null : rows.indexOf(id)
  const row = index === null ? undefined : rows.row(index)
  // The list holds the rows around what it shows: who was opened by a search or a link may be elsewhere.
  const missingId = row === undefined && opened ? openId : null
  const [read, setRead] = useState<CustomerHere | null>(null)
  useEffect(() => {
    if (missingId === null) return
    let isCurrent = true
    customers.getCustomerById(missingId).then(
      (found) => {
        if (isCurrent) setRead(found?.customer ?? null)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [customers, missingId])
  return row ?? (read?.id === missingId ? read : null)
}

/**
 * Marks the first as the one that Enter takes. Spotlight does so as one types, which is before the replica answers.
 * What was chosen by arrow meanwhile stays.
 */
function markFirst(): void {
  const { listId, selected } = store.getState()
  const list = document.getElementById(listId)
  if (list === null || (selected > 0 && list.querySelector('[data-selected]') !== null)) return
  for (const [at, action] of list.querySelectorAll('[data-action]').entries())
    action.toggleAttribute('data-selected', at === 0)
  store.updateState((state) => ({ ...state, selected: 0 }))
}

function useCustomers(typed: string): SpotlightActionData[] {
  const [, navigate] = useLocation()
  const { rows, isAnswer } = useFoundCustomers(typed, CUSTOMERS_SHOWN)
  useLayoutEffect(() => {
    if (isAnswer && rows.length > 0) markFirst()
  }, [isAnswer, rows])
  return rows.map((row) => ({
    id: row.id,
    label: row.name,
    description: contactLine({ ...row, address: null }),
    // Until the answer to what stands in the field is here (a frame or two) the rows of the key before
    // stay, so that nothing jumps; but Enter must not open one of them.
    disabled: !isAnswer,
    onClick: () => navigate(routes.customer(row.id)),
  }))
}
