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
    find: "return permission.allowed ? null : fail('forbidden', permission.reason)",
    off: 'return null',
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
    find: "if (!this.#mayUndo(customer)) return 'notAllowed'",
    off: '',
  },
  {
    ...EDITS,
    spec: 'R-1',
    id: 'bulk.undo-act-role',
    against: 'whoever may not do an act any more uses up its undo, which then restores nobody',
    find: 'const refusal = this.#refusal(act.change)',
    off: 'const refusal = null',
  },
  {
    ...EDITS,
    spec: 'UI-1',
    id: 'bulk.undo-missing',
    against: 'undoing while everything is fetched again forgets what was done to whoever is not there yet',
    find: "if (customer === undefined) return 'missing'",
    off: "if (customer === undefined) return 'kept'",
  },
  {
    ...EDITS,
    file: 'sync/worker/open-workspace.ts',
    spec: 'UI-1',
    id: 'bulk.leave',
    against: 'an act on many that another company cuts off is told as a failure of the disk',
    find: 'await Promise.all([this.bulk.stopAll(), this.imports.writer.stop()])',
    off: 'await this.imports.writer.stop()',
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
