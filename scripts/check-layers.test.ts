import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

// Plants forbidden imports and expects Biome, with the project's own biome.json, to report each.
// They are planted in an empty tree of the same shape: a crash of the test leaves nothing behind in
// the project, and whoever lints the project meanwhile doesn't stumble over them.

const root = resolve(import.meta.dirname, '..')

/** Every folder with a rule, one place in it to plant at, and what must not be imported there. */
interface Zone {
  readonly at: string
  /** Folders of the project, imported by a relative path and, where they have one, by their alias. */
  readonly folders: readonly string[]
  /** Packages and modules of Node. */
  readonly packages: readonly string[]
  /** Imports that must pass. */
  readonly allowed: readonly string[]
}

const ALIASES: Readonly<Record<string, string>> = {
  shared: '#shared',
  sync: '#sync',
  database: '#database',
  electron: '#electron',
  scripts: '#scripts',
}
const UI = ['react', 'react/jsx-runtime', 'react-dom/client', '@mantine/core', 'wouter', '@tanstack/react-virtual']
const REPLICA = ['rxdb', 'rxdb/plugins/core', 'dexie']
const NODE = ['node:fs', 'node:fs/promises', 'fs', 'node:crypto']
const TOOLS = ['scripts', 'e2e', 'bench']
const ELECTRON = ['electron/main', 'electron/preload']
const BACKEND = ['database/embedded', 'database/postgres']

const ZONES: readonly Zone[] = [
  {
    at: 'shared/domain',
    folders: ['renderer/lib', 'sync/worker', 'database/local', ...BACKEND, ...ELECTRON, ...TOOLS],
    packages: [...UI, ...REPLICA, '@supabase/supabase-js', 'postgres', 'electron', ...NODE],
    allowed: ['zod', 'papaparse', 'fuse.js', '#shared/util/result.ts', '../util/result.ts', './customer.ts'],
  },
  {
    at: 'database/local/rx',
    folders: ['renderer/lib', 'sync/worker', ...BACKEND, ...ELECTRON, ...TOOLS],
    packages: [...UI, '@supabase/supabase-js', 'electron', 'postgres', ...NODE],
    allowed: ['rxdb', 'dexie', 'rxjs', 'zod', '#shared/domain/customer.ts', '../open.ts'],
  },
  {
    at: 'sync/replication',
    folders: ['renderer/lib', ...BACKEND, ...ELECTRON, ...TOOLS],
    packages: [...UI, 'electron', 'postgres', ...NODE],
    allowed: [
      '@supabase/supabase-js',
      'rxdb',
      '#database/local/replica.ts',
      '#shared/util/result.ts',
      '../outbox/a.ts',
    ],
  },
  {
    at: 'database/embedded/parts',
    folders: ['renderer/lib', 'sync/worker', 'database/local', ...ELECTRON, ...TOOLS],
    packages: [...UI, ...REPLICA, 'electron'],
    allowed: ['node:fs', 'postgres', '@supabase/lite', '#database/postgres/migrate.ts', '#shared/util/result.ts'],
  },
  {
    at: 'database/postgres/parts',
    folders: ['renderer/lib', 'sync/worker', 'database/local', 'database/embedded', ...ELECTRON, ...TOOLS],
    packages: [...UI, ...REPLICA, 'electron'],
    allowed: ['node:fs', 'postgres', '#shared/util/result.ts', '../migrate.ts'],
  },
  {
    at: 'renderer/components',
    folders: ['sync/worker', 'database/local', ...BACKEND, ...ELECTRON, ...TOOLS],
    packages: [...REPLICA, '@supabase/supabase-js', 'papaparse', 'fuse.js', 'electron', ...NODE],
    allowed: [
      'react',
      '@mantine/core',
      '#shared/replica-api/contract.ts',
      '../features/sync/sync-page.tsx',
      '../lib/a.ts',
    ],
  },
  {
    at: 'renderer/features/customers',
    folders: ['sync/worker', 'database/local', ...BACKEND, ...ELECTRON, ...TOOLS, 'renderer/features/import'],
    packages: [...REPLICA, '@supabase/supabase-js', 'papaparse', 'fuse.js', 'electron', ...NODE],
    allowed: ['react', '#shared/domain/customer.ts', '../../components/page.tsx', '../../hooks/a.ts', './list.tsx'],
  },
  {
    at: 'renderer/features/customers/list',
    folders: ['sync/worker', 'database/local', ...BACKEND, ...ELECTRON, ...TOOLS, 'renderer/features/import'],
    packages: [...REPLICA, '@supabase/supabase-js', 'papaparse', 'fuse.js', 'electron', ...NODE],
    allowed: ['react', '../detail/panel.tsx', '../shared-parts.ts', '../../../components/page.tsx', './row.tsx'],
  },
  {
    at: 'electron/preload',
    folders: [
      'renderer/lib',
      'sync/worker',
      'database/local',
      ...BACKEND,
      'electron/main',
      ...TOOLS,
      'shared/domain',
      'shared/util',
    ],
    packages: [...UI, ...REPLICA, '@supabase/supabase-js', 'zod', ...NODE],
    allowed: ['electron', '#shared/ipc/contract.ts', '../../shared/ipc/notices.ts', './bridge.ts'],
  },
  {
    at: 'electron/main/windows',
    folders: ['renderer/lib', 'sync/worker', 'database/local', ...BACKEND, 'electron/preload', ...TOOLS],
    packages: [...UI, ...REPLICA, '@supabase/supabase-js', 'papaparse', 'fuse.js', 'postgres'],
    allowed: ['electron', 'electron-updater', 'node:fs', 'zod', '#shared/ipc/notices.ts', '../log/log.ts'],
  },
]

/** The forms in which an import can be written; each must be seen. */
const FORMS: Readonly<Record<string, (from: string) => string>> = {
  import: (from) => `import { thing } from '${from}'\nexport const used = thing\n`,
  type: (from) => `import type { Thing } from '${from}'\nexport type Used = Thing\n`,
  'side effect': (from) => `import '${from}'\nexport {}\n`,
  'export from': (from) => `export { thing } from '${from}'\n`,
  dynamic: (from) => `export const later = () => import('${from}')\n`,
}

interface Plant {
  readonly file: string
  readonly zone: string
  readonly from: string
  readonly form: string
  readonly isForbidden: boolean
}

function plants(): Plant[] {
  const all: Plant[] = []
  const add = (zone: string, from: string, form: string, isForbidden: boolean): void => {
    all.push({ file: `${zone}/plant-${all.length}.ts`, zone, from, form, isForbidden })
  }
  for (const zone of ZONES) {
    for (const folder of zone.folders) {
      const target = `${folder}/x.ts`
      const deep = relative(zone.at, target)
      for (const form of Object.keys(FORMS)) add(zone.at, deep.startsWith('.') ? deep : `./${deep}`, form, true)
      const [top = '', ...rest] = target.split('/')
      const alias = ALIASES[top]
      if (alias !== undefined) add(zone.at, [alias, ...rest].join('/'), 'import', true)
    }
    for (const name of zone.packages) add(zone.at, name, 'import', true)
    for (const name of zone.allowed) add(zone.at, name, 'import', false)
  }
  return all
}

const reportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
})
const LAYER_RULES = ['lint/style/noRestrictedImports', 'lint/correctness/noNodejsModules']

let tree: string
const planted = plants()
let reported: ReadonlySet<string>

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'layers-'))
  const config = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')))
  // The tree is no git repository; everything else is as in the project.
  writeFileSync(join(tree, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
  cpSync(join(root, 'package.json'), join(tree, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction')
  for (const { file, from, form } of planted) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), FORMS[form]?.(from) ?? '')
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--reporter=json', '--max-diagnostics=none'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 100_000_000 },
  )
  const start = stdout.indexOf('{')
  if (start < 0) throw new Error(`Biome wrote no report: ${stderr}`)
  const { diagnostics } = reportSchema.parse(JSON.parse(stdout.slice(start)))
  reported = new Set(
    diagnostics.filter(({ category }) => LAYER_RULES.includes(category)).map(({ location }) => location.path),
  )
}, 60_000)

afterAll(() => rmSync(tree, { recursive: true, force: true }))

test.each(ZONES.map(({ at }) => at))('QA-1: %s: every forbidden import is reported, in every form', (zone) => {
  const forbidden = planted.filter((plant) => plant.zone === zone && plant.isForbidden)
  expect(forbidden.length).toBeGreaterThan(20)
  expect(forbidden.filter(({ file }) => !reported.has(file)).map(({ from, form }) => `${form} ${from}`)).toEqual([])
})

test.each(ZONES.map(({ at }) => at))('QA-1: %s: what may be imported is not reported', (zone) => {
  const allowed = planted.filter((plant) => plant.zone === zone && !plant.isForbidden)
  expect(allowed.filter(({ file }) => reported.has(file)).map(({ from }) => from)).toEqual([])
})

test('QA-1: exactly one file of the renderer names the worker, which it starts', () => {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  const naming = sources.filter((file) =>
    /new Worker\(|sync\/worker/.test(readFileSync(join(root, 'renderer', file), 'utf8')),
  )
  expect(naming).toEqual([join('lib', 'replica-worker.ts')])
})
