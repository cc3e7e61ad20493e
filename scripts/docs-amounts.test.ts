import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

/** What was measured stands in the first, with its command; the decisions say when. The others are made by commands. */
const OTHERS = ['docs/figures.md', 'docs/guards.md', 'docs/licences.md', 'docs/schema.md', 'docs/decisions/*.md']
const pages = globSync(['*.md', 'docs/**/*.md', '*/README.md', 'e2e/fixtures/README.md'], {
  cwd: root,
  exclude: OTHERS,
})

const AMOUNT = /(?<![\w.,])\d[\d.,]* ?(?:µs|ms|s|seconds|minutes|days|[kKMG]B|%)(?!\w)/g

/** Limits and constants that pages state: page, amount, and where it is set, in the words of that file. */
const SET: readonly (readonly [page: string, amount: string, file: string, words: string])[] = [
  ['docs/accessibility.md', '200 %', 'e2e/specs/every-screen.spec.ts', 'width: 680, height: 400, deviceScaleFactor: 2'],
  ['docs/accessibility.md', '1 ms', 'e2e/specs/every-screen.spec.ts', 'Number(duration) > 1 ||'],
  ['docs/api.md', '8 s', 'database/embedded/bootstrap.ts', "alter role authenticated set statement_timeout = '8s'"],
  ['docs/chaos.md', '60 days', 'e2e/chaos/faults-of-versions.ts', 'random.int(32, 60) * DAY_MS'],
  ['docs/duplicates.md', '3 s', 'sync/duplicates/duplicate-finder.ts', 'SCAN_QUIET_MS = 3_000'],
  ['docs/duplicates.md', '8 ms', 'sync/duplicates/duplicate-finder.ts', 'SLICE_MS = 8'],
  ['docs/duplicates.md', '5 %', 'sync/duplicates/duplicate-finder.ts', 'RESCAN_SHARE = 0.05'],
  ['docs/duplicates.md', '10 s', 'renderer/components/undo-toast.tsx', 'UNDO_MS = 10_000'],
  ['docs/import.md', '200 MB', 'sync/import/read-csv-file.ts', 'MAX_FILE_SIZE = 200 * 1024 * 1024'],
  ['docs/import.md', '400 MB', 'sync/import/unpack-xlsx.ts', 'inflated: 400 * 1024 * 1024'],
  ['docs/import.md', '2 GB', 'bench/import/measure-import.ts', 'OBJECTS_MB = 2_048'],
  ['docs/import.md', '12 ms', 'shared/util/let-others-run.ts', 'SLICE_MS = 12'],
  ['docs/import.md', '1 GB', 'sync/import/hostile-files.test.ts', 'size: 1024 * MB'],
  [
    'docs/import.md',
    '60 MB',
    'sync/import/hostile-files.test.ts',
    "'a line of 60 MB', new Blob([new Uint8Array(60 * MB).fill",
  ],
  [
    'docs/indexes.md',
    '2 %',
    'database/postgres/migrations/20261122005500_customer_reads.sql',
    'c_many constant integer := 20',
  ],
  [
    'docs/migration-runbook.md',
    '50 seconds',
    'database/postgres/migrations/20261122005850_phone_rekeying.sql',
    "interval '50 seconds'",
  ],
  [
    'docs/migration-runbook.md',
    '99 %',
    'database/postgres/data-migration.integration.test.ts',
    'toBeGreaterThanOrEqual(0.99)',
  ],
  ['docs/security.md', '14 days', 'database/postgres/migrations/20261122004500_members.sql', "interval '14 days'"],
  [
    'docs/security.md',
    '200 ms',
    'database/postgres/migrations/20261122003400_customer_sync_trigger.sql',
    "set lock_timeout = '200ms'",
  ],
  [
    'docs/security.md',
    '8 s',
    'database/embedded/bootstrap.ts',
    "alter role authenticated set statement_timeout = '8s'",
  ],
  ['docs/security.md', '200 MB', 'electron/main/open/read-table-file.ts', 'LARGEST_BYTES = 200 * 1024 * 1024'],
  ['docs/storage.md', '5 s', 'database/local/in-time.ts', 'LIMIT_MS = 5_000'],
  ['docs/storage.md', '15 s', 'sync/worker/insistence.ts', 'RETRY_MS = 15_000'],
  ['docs/storage.md', '2 MB', 'database/local/log-storage/compaction.ts', 'STEP_BYTES = 2 * 1024 * 1024'],
  ['docs/storage.md', '1.5 s', 'sync/list/preview-keeper.ts', 'QUIET_MS = 1_500'],
  ['docs/storage.md', '4 s', 'sync/replication/derived-keeper.ts', 'QUIET_MS = 4_000'],
  ['docs/storage.md', '8 ms', 'sync/search/background-search.ts', 'SLICE_MS = 8'],
  ['docs/storage.md', '8 ms', 'database/local/log-storage/derived-data.ts', 'SLICE_MS = 8'],
  ['docs/storage.md', '1 MB', 'database/local/log-storage/derived-data.ts', 'PIECE_BYTES = 1 << 20'],
  ['docs/sync.md', '3 s', 'sync/replication/hint-watch.ts', ' POLL_MS = 3_000'],
  ['docs/sync.md', '30 s', 'sync/replication/hint-watch.ts', 'HINTED_POLL_MS = 30_000'],
  ['docs/sync.md', '30 s', 'sync/replication/timing.ts', 'MAX_DELAY_MS = 30_000'],
  ['docs/sync.md', '1 MB', 'sync/outbox/push-batch.ts', 'BATCH_BYTES = 1_000_000'],
  ['docs/sync.md', '5 s', 'sync/worker/lost-companies.ts', 'SURE_MS = 5_000'],
  ['docs/sync.md', '15 s', 'sync/worker/insistence.ts', 'RETRY_MS = 15_000'],
  [
    'docs/sync.md',
    '400 days',
    'database/postgres/migrations/20261122005600_sync_pruning.sql',
    "constant interval := '400 days'",
  ],
]

/** Limits of Chromium, and the memory by which it sets them: nothing here does. */
const OF_CHROMIUM: readonly (readonly [page: string, amount: string])[] = [
  ['docs/import.md', '4 GB'],
  ['docs/import.md', '8 GB'],
  ['docs/import.md', '16 GB'],
]

test.each(pages)('DB-10: %s states no time, size or share in figures but limits that are set', (page) => {
  const stated = new Set([...read(page).matchAll(AMOUNT)].flat())
  expect(stated).toEqual(
    new Set([...SET, ...OF_CHROMIUM].filter(([where]) => where === page).map(([, amount]) => amount)),
  )
})

test.each(SET)('DB-10: %s: %s is what %s says', (_page, _amount, file, words) => {
  // "= 8" is not said by "= 80".
  const [, ...behind] = read(file).split(words)
  expect(behind.some((rest) => /^(?![\w.])/.test(rest))).toBe(true)
})
