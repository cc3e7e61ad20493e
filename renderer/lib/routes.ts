/** The app's addresses, behind the `#`: they work from any host, a file or a desktop protocol. */
export const routes = {
  dashboard: '/dashboard',
  customers: '/customers',
  newCustomer: '/customers/new',
  /** Says that this one is made, where it was made in this window. */
  madeCustomer: (id: string): string => `/customers/new/${id}`,
  customer: (id: string): string => `/customers/${id}`,
  editCustomer: (id: string): string => `/customers/${id}/edit`,
  /** One id: whom to merge it with is asked first. */
  merge: (ids: readonly string[]): string => `/merge/${ids.join(',')}`,
  duplicates: '/duplicates',
  /** The same screen as `merge`, with the way back to the duplicates. */
  mergeDuplicates: (ids: readonly string[]): string => `/duplicates/${ids.join(',')}`,
  conversations: '/conversations',
  import: '/import',
  export: '/export',
  /** What was deleted, or changed for many, and the way back. */
  undo: '/undo',
  attention: '/attention',
  sync: '/sync',
  settings: '/settings',
  settingsSection: (section: SettingsSection): string => `/settings/${section}`,
} as const

/** The parts of the settings, in their order. */
export const SETTINGS_SECTIONS = [
  'account',
  'company',
  'members',
  'privacy',
  'devices',
  'appearance',
  'app',
  'data',
  'log',
] as const
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number]
