import type { Customer } from '#shared/domain/customer.ts'
import type { SavedFilter } from '#shared/domain/saved-filter.ts'
import { companyPermission } from '#shared/permissions/company-permissions.ts'
import { type Actor, customerPermission, type OwnedCustomer } from '#shared/permissions/customer-permissions.ts'
import type { CompanyChoice } from '#shared/replica-api/handover.ts'
import { routes, SETTINGS_SECTIONS, type SettingsSection } from '../lib/routes.ts'
import { LANGUAGES, type LanguageChoice, languageChoiceSchema } from '../texts/language.ts'
import { PLACES } from './places.ts'
import { strings } from './strings.ts'

const words = strings.palette

/** Something the palette offers. `id`: of one that only goes somewhere its address. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly onClick: () => void
}
export interface CommandGroup {
  readonly group: string
  readonly actions: readonly Command[]
}

/** What the palette knows of who is open. */
export type CustomerHere = Pick<Customer, 'id' | 'name'> & OwnedCustomer

/** Who asks, what is on the screen, and what commands do. */
export interface PaletteContext {
  readonly actor: Actor
  /** The customer that is open, or under the cursor of the list. */
  readonly customer: CustomerHere | null
  /** How many customers are chosen in the list. */
  readonly chosen: number
  readonly companies: readonly CompanyChoice[]
  readonly savedFilters: readonly SavedFilter[]
  readonly go: (href: string) => void
  readonly showList: (view: 'all' | 'mine' | 'recent') => void
  readonly deleteCustomer: (customer: CustomerHere) => void
  readonly clearChosen: () => void
  readonly switchTo: (companyId: string) => void
  readonly applyFilter: (filter: SavedFilter) => void
  readonly setScheme: (scheme: 'light' | 'dark' | 'auto') => void
  readonly setLanguage: (choice: LanguageChoice) => void
  readonly syncNow: () => void
  readonly showShortcuts: () => void
  readonly signOut: () => void
}

/** All commands that this person may give now; what a role may not do is not among them (SPEC R-1). */
export function paletteCommands(context: PaletteContext): CommandGroup[] {
  const groups = [
    { group: words.here, actions: [...ofCustomer(context), ...ofChosen(context)] },
    { group: words.do, actions: doings(context) },
    { group: words.go, actions: goings(context) },
    {
      group: words.savedFilters,
      actions: context.savedFilters.map((filter) => ({
        id: filter.id,
        label: filter.name,
        onClick: () => context.applyFilter(filter),
      })),
    },
  ]
  return groups.filter(({ actions }) => actions.length > 0)
}

function ofCustomer({ actor, customer, go, deleteCustomer }: PaletteContext): Command[] {
  if (customer === null) return []
  const { id, name } = customer
  const may = (action: 'edit' | 'merge' | 'delete') => customerPermission(actor, action, customer).allowed
  return [
    ...(may('edit') ? [going(words.edit(name), routes.editCustomer(id), go)] : []),
    ...(may('merge') ? [going(words.merge(name), routes.merge([id]), go)] : []),
    ...(may('delete') ? [{ id: 'delete', label: words.delete(name), onClick: () => deleteCustomer(customer) }] : []),
  ]
}

function ofChosen({ actor, chosen, go, clearChosen }: PaletteContext): Command[] {
  if (chosen === 0) return []
  const mayExport = customerPermission(actor, 'export').allowed
  return [
    ...(mayExport
      ? [{ id: 'export-chosen', label: words.exportChosen(chosen), onClick: () => go(routes.export) }]
      : []),
    { id: 'clear-chosen', label: strings.listTools.bulk.clear, onClick: clearChosen },
  ]
}

function doings(context: PaletteContext): Command[] {
  const { actor, go, setScheme, setLanguage, switchTo } = context
  const { actions, settings } = strings
  const nameOf = (choice: LanguageChoice): string =>
    choice === 'system' ? settings.appearance.languageSystem : LANGUAGES[choice]
  return [
    ...(customerPermission(actor, 'create').allowed ? [going(actions.newCustomer, routes.newCustomer, go)] : []),
    { id: 'sync', label: actions.syncNow, onClick: context.syncNow },
    { id: 'help', label: strings.help.title, onClick: context.showShortcuts },
    ...(['light', 'dark', 'auto'] as const).map((name) => ({
      id: `scheme-${name}`,
      label: words.appearance(settings.schemes[name]),
      onClick: () => setScheme(name),
    })),
    ...languageChoiceSchema.options.map((choice) => ({
      id: `language-${choice}`,
      label: words.language(nameOf(choice)),
      onClick: () => setLanguage(choice),
    })),
    ...context.companies
      .filter(({ isOpen }) => !isOpen)
      .map(({ companyId, companyName }) => ({
        id: companyId,
        label: words.company(companyName),
        onClick: () => switchTo(companyId),
      })),
    { id: 'sign-out', label: actions.signOut, onClick: context.signOut },
  ]
}

function goings({ actor, go, showList }: PaletteContext): Command[] {
  const { settings, list } = strings
  const mayGo = (href: string): boolean => {
    if (href === routes.import) return customerPermission(actor, 'create').allowed
    return href !== routes.export || customerPermission(actor, 'export').allowed
  }
  return [
    ...(['all', 'mine', 'recent'] as const).map((view) => ({
      id: `view-${view}`,
      label: words.view(list.views[view]),
      onClick: () => showList(view),
    })),
    ...PLACES.filter(({ href }) => mayGo(href)).map(({ href, label }) => going(label, href, go)),
    ...SETTINGS_SECTIONS.filter((section) => maySee(actor, section)).map((section) =>
      going(settings.inPalette(settings.sections[section]), routes.settingsSection(section), go),
    ),
  ]
}

function maySee(actor: Actor, section: SettingsSection): boolean {
  if (section === 'log') return companyPermission(actor.role, 'seeLog').allowed
  return section !== 'privacy' || customerPermission(actor, 'export').allowed
}

function going(label: string, href: string, go: PaletteContext['go']): Command {
  return { id: href, label, onClick: () => go(href) }
}
