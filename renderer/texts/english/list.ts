import { formatCount } from '../../lib/format.ts'
import type { ListColumn } from '../../lib/list-columns.ts'
import { counted, isOne } from '../phrases.ts'
import { fieldStrings } from './fields.ts'

const COLUMNS: Readonly<Record<ListColumn | 'name', string>> = {
  ...fieldStrings,
  owner: fieldStrings.ownerId,
  source: 'Source',
  conversations: 'Chats',
  lastSeen: 'Last seen',
  created: 'Created',
  changed: 'Changed',
}

const customers = (count: number): string => counted(count, 'customer', 'customers')

/** Texts of the list as a tool: columns, choosing, acts on one row and on many. */
export const listStrings = {
  columns: {
    names: COLUMNS,
    open: 'Columns',
    title: 'Columns of the list',
    up: (column: string): string => `Move ${column} forward`,
    down: (column: string): string => `Move ${column} back`,
    reset: 'As they were at first',
    width: (column: string): string => `Width of ${column}`,
    density: 'Row height',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
  },
  row: {
    actions: 'Actions',
    actionsFor: (name: string): string => `Actions for ${name}`,
    select: 'Select',
    unselect: 'Deselect',
    selectAll: 'Select all customers of this list',
    view: 'View',
    merge: 'Merge with…',
    duplicate: 'Duplicate?',
    duplicateTitle: 'May be the same as somebody else',
    chats: (count: number): string => counted(count, 'chat', 'chats'),
  },
  bulk: {
    label: 'The selected customers',
    selected: (count: number): string => `${formatCount(count)} selected`,
    notYours: (count: number, of: number): string =>
      `${formatCount(count)} of ${formatCount(of)} ${isOne(count) ? 'is' : 'are'} not yours and ${isOne(count) ? 'stays as it is' : 'stay as they are'}.`,
    notListed: (count: number, of: number): string =>
      count === of
        ? `${isOne(of) ? 'Not' : 'None of them'} in this list.`
        : `${formatCount(count)} of them ${isOne(count) ? 'is' : 'are'} not in this list.`,
    clear: 'Clear the selection',
    selectAll: (count: number): string => `Select all ${formatCount(count)}`,
    tags: 'Tags',
    owner: 'Owner',
    mergeCount: (least: number, most: number): string =>
      `Select ${formatCount(least)} to ${formatCount(most)} customers to merge them.`,
    export: 'Export',
    addTags: 'Add tags',
    addTagsHint: 'Enter adds a tag, a second Enter applies',
    removeTags: 'Take away',
    apply: (count: number): string => `Apply to ${customers(count)}`,
    ownerNobody: 'Nobody',
    running: (done: number, total: number): string => `${formatCount(done)} of ${formatCount(total)}`,
    runningLabel: 'Changing customers',
    stop: 'Stop',
    failed: 'Not all could be changed',
    brokenOff: (reason: string): string =>
      `Then it broke off: ${reason} When the app runs again, what was done can be taken back under Undo.`,
    tagged: (count: number): string => `Tags of ${customers(count)} changed`,
    owned: (count: number): string => `Owner of ${customers(count)} changed`,
    deleted: (count: number): string => `${customers(count)} deleted`,
    skipped: (count: number): string =>
      isOne(count)
        ? `${formatCount(count)} is not yours and stays as it is.`
        : `${formatCount(count)} are not yours and stay as they are.`,
    tooManyTags: (count: number): string =>
      isOne(count)
        ? `${formatCount(count)} has all the tags it may have and stays as it is.`
        : `${formatCount(count)} have all the tags they may have and stay as they are.`,
    stopped: 'Stopped: the others stay as they are.',
    nothing: 'Nothing to change: all of them are like that already.',
    undone: (count: number): string => `${customers(count)} as before`,
    undoneNone: 'Nothing could be taken back',
    kept: (count: number): string =>
      isOne(count)
        ? `${formatCount(count)} was changed since and stays.`
        : `${formatCount(count)} were changed since and stay.`,
    missing: (count: number): string =>
      isOne(count)
        ? `${formatCount(count)} is not on this computer at the moment.`
        : `${formatCount(count)} are not on this computer at the moment.`,
    undoFailed: 'It could not be taken back',
  },
  voice: {
    start: 'Search by voice',
    stop: 'Stop listening',
    hint: 'Say a name, a town or a postcode. Your browser turns it into text; some browsers send it to their maker for that.',
    blocked: 'The browser does not let this page listen. Allow it the microphone, or type.',
    nothing: 'Nothing was understood. Try again, or type.',
  },
  hints: { select: 'select' },
  shortcuts: {
    select: 'Select the customer, or not',
    extend: 'Select the next, or the one before',
    all: 'Select all of the list',
    tags: 'Tags of those selected',
  },
} as const
