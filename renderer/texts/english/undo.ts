import { formatCount } from '../../lib/format.ts'
import { counted } from '../phrases.ts'

const customers = (count: number): string => counted(count, 'customer', 'customers')

/** What was deleted or changed for many, and the way back. */
export const undoStrings = {
  title: 'Undo',
  lead: 'Customers that were deleted, and changes to many at once. Merges are undone in the activity of the customer, imports under Import.',
  bulk: 'Changes to many at once',
  bulkLead: `Yours, made on this device: the last ${formatCount(20)}, with ${formatCount(200_000)} customers in them at most. What was edited since then stays.`,
  bulkNone: 'None on this device.',
  tagsAdded: (tags: string): string => `Tagged ${tags}`,
  tagsRemoved: (tags: string): string => `Tags taken away: ${tags}`,
  owner: (name: string): string => `Owner changed to ${name}`,
  ownerNobody: 'Owner taken away',
  deletedMany: 'Deleted',
  customers,
  undone: 'Taken back',
  keptAll: 'All were changed since',
  undoneFor: (count: number, of: number): string => `taken back for ${formatCount(count)} of ${formatCount(of)}`,
  undoOf: (what: string): string => `Undo: ${what}`,
  deleted: 'Deleted customers',
  deletedLead: 'They are in no list and no export, on any device. Restore brings them back as they were.',
  find: 'Find a deleted customer',
  unread: 'This could not be read. Open the page again; what you saved is safe.',
  none: 'Nobody is deleted.',
  nobodyFound: 'No deleted customer fits.',
  rest: (shown: number, total: number): string =>
    `The latest ${formatCount(shown)} of ${formatCount(total)} are listed. Search for others.`,
  when: (when: string, by: string | null): string => (by === null ? when : `${when} by ${by}`),
  amongDeleted: (count: number): string => `${counted(count, 'deleted customer fits', 'deleted customers fit')}:`,
  restore: 'Restore',
  restoreOf: (name: string): string => `Restore ${name}`,
  wasDeleted: (name: string): string => `${name} is deleted`,
  wasMerged: (name: string): string => `${name} was merged into another customer`,
  openInto: (name: string): string => `Open ${name}`,
} as const
