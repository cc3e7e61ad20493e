import type { FilterPart } from '#shared/domain/customer-filter.ts'
import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'
import { fieldStrings } from './fields.ts'

/** Texts of filters, plain and saved. */
export const filterStrings = {
  open: 'Filter',
  openCount: (count: number): string => `Filter, ${formatCount(count)} on`,
  title: 'Filter customers',
  shown: (count: number): string => `Show ${counted(count, 'customer', 'customers')}`,
  clear: 'Clear filters',
  remove: (what: string): string => `Remove the filter “${what}”`,
  active: 'Filters that are on',
  parts: {
    view: 'View',
    sources: 'Source',
    ...fieldStrings,
    untagged: fieldStrings.tags,
    owners: fieldStrings.ownerId,
    created: 'Created',
    lastSeen: 'Last seen',
    state: 'Changes',
    duplicates: 'Duplicates',
  } satisfies Readonly<Record<FilterPart, string>>,
  possibleDuplicates: 'Possible duplicates',
  has: { yes: 'there', no: 'missing' },
  hasText: (field: string, has: boolean): string =>
    has ? `Has ${field.toLocaleLowerCase()}` : `No ${field.toLocaleLowerCase()}`,
  views: { mine: 'Mine', recent: 'Opened lately' },
  tagsMatch: { any: 'Any of them', all: 'All of them' },
  tagsMatchLabel: 'How many of the tags',
  tagsFind: 'Find a tag',
  tagsNone: 'No customer here has a tag.',
  untagged: 'No tags',
  tagsText: (match: 'any' | 'all', tags: string): string => (match === 'all' ? `All of ${tags}` : `Tagged ${tags}`),
  ownerNobody: 'Nobody',
  ownerYou: (name: string): string => `${name} (you)`,
  ownersText: (names: string): string => `Owned by ${names}`,
  last: (days: number): string => (days === 365 ? 'within a year' : `within ${counted(days, 'day', 'days')}`),
  notLast: (days: number): string => (days === 365 ? 'not for a year' : `not for ${counted(days, 'day', 'days')}`),
  notSeen: (days: number): string =>
    days === 365 ? 'Not seen for a year' : `Not seen for ${counted(days, 'day', 'days')}`,
  from: 'From',
  to: 'To',
  between: (from: string | null, to: string | null): string => {
    if (from !== null && to !== null) return `${from} to ${to}`
    return from === null ? `until ${to ?? ''}` : `since ${from}`
  },
  period: (what: string, when: string): string => `${what} ${when}`,
  states: { waiting: 'Waiting to be sent', attention: 'Needs attention' },
  search: (text: string): string => `Search: ${text}`,
  saved: {
    open: 'Saved',
    label: 'Saved filters',
    none: 'No saved filters yet. Filter the list, then save it here.',
    mine: 'Yours',
    shared: 'From your colleagues',
    saveThis: 'Save this filter…',
    by: (name: string): string => `by ${name}`,
    isShared: 'shared',
    unreadable: 'made by a newer version of the app',
    unreadableTitle: 'This filter needs a newer version of the app',
    unreadableBody: 'It is kept as it is. Update the app to use it.',
    manage: (name: string): string => `Change “${name}”`,
    saveTitle: 'Save this filter',
    editTitle: 'Change the saved filter',
    name: 'Name',
    share: 'Everybody in the company sees it',
    replace: 'Replace it by what the list shows now',
    save: 'Save',
    delete: 'Delete',
    savedNow: (name: string): string => `“${name}” saved`,
    deletedNow: (name: string): string => `“${name}” deleted`,
    failed: 'The filter could not be saved',
  },
}
