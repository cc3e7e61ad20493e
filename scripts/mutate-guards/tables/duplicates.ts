import type { Guard } from '../guard.ts'

const DEVICES: Guard['tests'] = ['sync/duplicates/duplicates.test.ts']
const SERVER = {
  spec: 'SE-3',
  file: 'database/postgres/migrations/20261122005700_duplicate_dismissals.sql',
  tests: ['database/postgres/sync-push-records.integration.test.ts'],
} as const

/** Duplicates: nobody is forgotten, and what was told apart stays so, by whom it may be said. */
export const DUPLICATE_GUARDS: readonly Guard[] = [
  {
    id: 'duplicates.changed-before-start',
    spec: 'SE-3',
    file: 'sync/duplicates/duplicate-finder.ts',
    against: 'whoever changed since the last scan counts as looked at after a start',
    find: 'this.#changed.has(id) ? null : this.#recordOf(id)',
    off: 'this.#recordOf(id)',
    tests: ['sync/duplicates/duplicate-finder.test.ts'],
  },
  {
    id: 'duplicates.follow-merges',
    spec: 'SE-3',
    file: 'sync/duplicates/dismissals.ts',
    against: 'customers who were told apart are offered again when one of them was merged',
    find: 'return liveEnd(id, this.#see)?.id ?? id',
    off: 'return id',
    tests: DEVICES,
  },
  {
    id: 'duplicates.role',
    spec: 'R-3',
    file: 'sync/worker/record-commands.ts',
    against: 'whoever may not merge tells duplicates apart, and hears of the refusal later',
    find: "  'duplicate.dismiss',\n",
    off: '',
    tests: DEVICES,
  },
  {
    ...SERVER,
    id: 'duplicates.server-role',
    against: 'whoever may not merge is told that a mark was taken back',
    find: "  perform private.require_role(p_company, '{owner,manager}', 'tell duplicates apart');\n",
    off: '',
  },
  {
    ...SERVER,
    id: 'duplicates.pair-id',
    against: 'a pair under another id is confirmed and shows nowhere',
    find: ' or p_id <> private.pair_id(v_a, v_b)',
    off: '',
  },
]
