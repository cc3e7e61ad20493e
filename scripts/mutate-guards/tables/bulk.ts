import type { Guard } from '../guard.ts'

const EDITS = { file: 'sync/bulk/bulk-edits.ts', tests: ['sync/bulk/bulk-edits.test.ts'] } as const
const CHANGES = { ...EDITS, file: 'sync/bulk/bulk-changes.ts' } as const

/** Acts on many customers at once, and their undoing. */
export const BULK_GUARDS: readonly Guard[] = [
  {
    ...EDITS,
    spec: 'R-1',
    id: 'bulk.role',
    against: 'an act that the role refuses is said to be done to nobody, without the reason',
    find: "if (!permission.allowed) return fail('forbidden', permission.reason)",
    off: '',
  },
  {
    ...EDITS,
    spec: 'R-1',
    id: 'bulk.each-customer',
    against: 'an act on many changes customers whom one may not edit one by one',
    find: "if (!this.#mayChange(actionOf(change), customer)) return 'notAllowed'",
    off: '',
  },
  {
    ...EDITS,
    spec: 'UI-1',
    id: 'bulk.stop',
    against: 'a long act can not be stopped',
    find: 'if (!this.#running.has(bulkId)) break',
    off: '',
  },
  {
    ...EDITS,
    spec: 'UI-1',
    id: 'bulk.journal',
    against: 'what an act did to many can not be undone after the next start',
    find: '...(entries.length > 0 && { state: journalPiece(this.#acts(), next, entries) }),',
    off: '',
  },
  {
    ...EDITS,
    spec: 'R-1',
    id: 'bulk.undo-role',
    against: 'undoing changes customers whom one has given away',
    find: 'back !== null && this.#mayUndo(customer) &&',
    off: 'back !== null &&',
  },
  {
    ...CHANGES,
    spec: 'UI-1',
    id: 'bulk.undo-owner',
    against: 'undoing takes the owner away whom somebody has put in charge since',
    find: 'if (after.ownerId !== undefined && customer.ownerId === after.ownerId)',
    off: 'if (after.ownerId !== undefined)',
  },
  {
    ...CHANGES,
    spec: 'UI-1',
    id: 'bulk.undo-tags',
    against: 'undoing takes the tags away that were added since',
    find: 'sameValue(customer.tags, after.tags) ? before.tags : withTags(customer.tags, given)',
    off: 'before.tags',
  },
]
