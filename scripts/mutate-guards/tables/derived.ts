import type { Guard } from '../guard.ts'

const DERIVED = 'database/local/derived-data.test.ts'
const PREVIEW = 'sync/list/list-preview.test.ts'
const DATA = { file: 'database/local/log-storage/derived-data.ts', tests: [DERIVED] } as const
const STORAGES = { file: 'database/local/replica-storages.ts', tests: [DERIVED] } as const
const SEARCH = {
  spec: 'PF-6',
  file: 'sync/search/background-search.ts',
  tests: ['sync/search/background-search.test.ts'],
} as const

/** What was computed from the customers and is kept beside the log: never stale, never left behind. */
export const DERIVED_GUARDS: readonly Guard[] = [
  {
    ...DATA,
    id: 'derived.authenticated',
    spec: 'EL-1',
    against: 'saved rows or an index of another time or name are taken',
    find: `return \`\${PREFIX}\${name}|\${seq}|\${piece} of \${pieces}\``,
    off: `return PREFIX.slice(0, PREFIX.length + 0 * (name.length + seq + piece + pieces))`,
  },
  {
    ...DATA,
    id: 'derived.not-back',
    spec: 'DB-8',
    against: 'what was computed before an erasure is saved after it',
    find: 'if (cleared !== this.#cleared) return false',
    off: '',
  },
  {
    ...STORAGES,
    id: 'derived.goes-with-erasure',
    spec: 'DB-8',
    against: 'an erased person stays in the saved list and index',
    find: '      await opened?.derived.clear()\n',
    off: '',
  },
  {
    id: 'derived.goes-with-rewrite',
    spec: 'SY-2',
    file: 'database/local/log-storage/log-file.ts',
    against: 'numbers that a repaired log gives out again make old rows look new',
    find: '      await this.derived.clear()\n',
    off: '',
    tests: [DERIVED],
  },
  {
    file: 'database/local/derived-of.ts',
    id: 'derived.merges',
    spec: 'PF-6',
    against: 'after a crash the list shows customers that a waiting merge has taken away',
    find: 'else if (keys.some((key) => key.startsWith(MERGES)))',
    off: 'else if (keys.some((key) => key < MERGES && key > MERGES))',
    tests: [DERIVED],
  },
  {
    spec: 'PF-6',
    id: 'derived.stale-list',
    file: 'sync/list/list-preview.ts',
    against: 'a start shows the list as it was before the last edits',
    find: 'if (changed === null || changed.size > 0) return null',
    off: '',
    tests: [PREVIEW],
  },
  {
    ...SEARCH,
    id: 'derived.stale-index',
    against: 'the saved index finds what a customer held before the last edits',
    find: 'new Set([...saved.changed, ...onTop])',
    off: 'onTop',
  },
  {
    ...SEARCH,
    id: 'derived.index-on-top',
    against: 'the saved index lacks what pending merges show',
    find: 'new Set([...saved.changed, ...onTop])',
    off: 'saved.changed',
  },
  {
    ...SEARCH,
    id: 'derived.whole-index',
    against: 'an index that lacks somebody is taken, and they are never found',
    find: 'if (index.size !== size) return false',
    off: '',
  },
  {
    ...SEARCH,
    id: 'derived.index-of-one-moment',
    file: 'shared/search/customer-search-index.ts',
    against: 'an index that changes while it is written down is saved half old and half new',
    find: 'return version === this.#indexed.version ? bytes : null',
    off: 'return version >= 0 ? bytes : null',
  },
  {
    spec: 'DB-8',
    id: 'derived.words-go',
    file: 'shared/search/indexed-customers.ts',
    against: 'words of an erased person stay in the saved index',
    find: 'tokens: held === tokens.length ? null : tokens, held',
    off: 'tokens: held >= 0 ? null : tokens, held',
    tests: ['shared/search/saved-index.test.ts'],
  },
]
