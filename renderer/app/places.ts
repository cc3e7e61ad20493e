import { routes } from '../lib/routes.ts'
import { strings } from './strings.ts'

/** A screen that one can go to from everywhere. */
export interface Place {
  readonly href: string
  readonly label: string
  /** The letter that goes there after `G`. */
  readonly key: string
}

/** All of them, in their order. */
export const PLACES: readonly Place[] = [
  { key: 'o', href: routes.dashboard, label: strings.dashboard.title },
  { key: 'c', href: routes.customers, label: strings.nav.customers },
  { key: 'd', href: routes.duplicates, label: strings.nav.duplicates },
  { key: 'u', href: routes.conversations, label: strings.conversations.title },
  { key: 'i', href: routes.import, label: strings.nav.import },
  { key: 'e', href: routes.export, label: strings.export.title },
  { key: 'a', href: routes.attention, label: strings.nav.attention },
  { key: 'z', href: routes.undo, label: strings.undo.title },
  { key: 'y', href: routes.sync, label: strings.nav.sync },
  { key: 's', href: routes.settings, label: strings.nav.settings },
]
