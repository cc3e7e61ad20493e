import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { emptyDatabase } from '../embedded/testing/empty-database.ts'
import { runScript } from '../embedded/testing/run-script.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS_DIRECTORY, readMigrationFiles } from './migration-files.ts'
import { EVERYTHING, rollback } from './rollback.ts'

const server = await suiteBackend(1)
const root = await mkdtemp(join(tmpdir(), 'tradesphere-test-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** What the catalogue says of the schemas of the product, one line a thing. */
async function schemaOf(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql<{ line: string }[]>`
      with ours as (select oid from pg_namespace where nspname in ('public', 'private'))
      select 'column ' || a.attrelid::regclass || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull as line
        from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace in (select oid from ours) and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
      union all select 'index ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace in (select oid from ours)
      union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k where connamespace in (select oid from ours)
      union all select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace in (select oid from ours)
      union all select 'policy ' || polrelid::regclass || ' ' || polname from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace in (select oid from ours)
      union all select 'function ' || p.oid::regprocedure || ' ' || md5(p.prosrc) || ' ' || coalesce((select string_agg(x, ' ' order by x) from unnest(p.proacl::text[]) x), '') from pg_proc p where pronamespace in (select oid from ours)
      union all select 'view ' || c.oid::regclass || ' ' || md5(pg_get_viewdef(c.oid)) from pg_class c where c.relkind = 'v' and c.relnamespace in (select oid from ours)
      union all select 'rights ' || c.oid::regclass || ' ' || coalesce((select string_agg(x, ' ' order by x) from unnest(c.relacl::text[]) x), '') from pg_class c where c.relkind in ('r', 'v') and c.relnamespace in (select oid from ours)
      order by 1`
    return rows.map((row) => row.line)
  } finally {
    await sql.end()
  }
}

test('DB-2: every migration is undone without a trace, one after the other', async () => {
  const files = await readMigrationFiles(MIGRATIONS_DIRECTORY)
  if (!files.ok) throw new Error(files.error.message)
  const url = await emptyDatabase(server)
  // The schema before each file, on the way up…
  const before = new Map<string, string[]>()
  const steps = await mkdtemp(join(root, 'steps-'))
  for (const file of files.value) {
    before.set(file.name, await schemaOf(url))
    await writeFile(join(steps, file.name), file.sql)
    expect(await migrate({ url, directory: steps })).toMatchObject({ ok: true, value: { applied: [file.name] } })
  }
  const whole = await schemaOf(url)
  // …is the schema after it was undone, on the way down.
  const differences: Record<string, string[]> = {}
  for (const [index, file] of [...files.value.entries()].toReversed()) {
    expect(await rollback({ url, to: files.value[index - 1]?.name ?? EVERYTHING })).toEqual({
      ok: true,
      value: [file.name],
    })
    const wanted = new Set(before.get(file.name))
    const found = await schemaOf(url)
    const wrong = [
      ...found.filter((line) => !wanted.has(line)).map((line) => `left: ${line}`),
      ...[...wanted].filter((line) => !found.includes(line)).map((line) => `lost: ${line}`),
    ]
    if (wrong.length > 0) differences[file.name] = wrong
  }
  expect(differences).toEqual({})
  expect(await migrate({ url })).toMatchObject({ ok: true })
  expect(await schemaOf(url)).toEqual(whole)
})

test('DB-5: nothing is undone when a file is missing, or the target is not there', async () => {
  const url = await emptyDatabase(server)
  const directory = await mkdtemp(join(root, 'migrations-'))
  const undo = await mkdtemp(join(root, 'rollback-'))
  await writeFile(join(directory, '20260101000000_one.sql'), 'create table public.one (id int);')
  await writeFile(join(directory, '20260102000000_two.sql'), 'create table public.two (id int);')
  await writeFile(join(undo, '20260102000000_two.sql'), 'drop table public.two; select 1 / 0;')
  await migrate({ url, directory })
  const all = await schemaOf(url)
  expect(await rollback({ url, directory: undo, to: EVERYTHING })).toMatchObject({
    ok: false,
    error: { code: 'rollback_missing', message: expect.stringContaining('one.sql') },
  })
  expect(await rollback({ url, directory: undo, to: '20250101000000_none' })).toMatchObject({
    ok: false,
    error: { code: 'unknown_migration' },
  })
  expect(await rollback({ url, directory: undo, to: '20260101000000_one' })).toMatchObject({
    ok: false,
    error: { code: 'rollback_failed', message: expect.stringContaining('division by zero') },
  })
  expect(await schemaOf(url)).toEqual(all)
})

test.each([
  ['db-rollback.ts', []],
  ['db-rollback.ts', ['--url', 'nonsense', '--emergency']],
  ['db-rollback.ts', ['--url', 'postgres://postgres:x@127.0.0.1:1/postgres', '--emergency']],
  ['db-rollback.ts', ['--url', 'postgres://postgres:x@127.0.0.1:1/postgres']],
  ['db-rollback.ts', ['--url', 'postgres://postgres:x@127.0.0.1:1/postgres', '--emergency', '--resume']],
  ['db-migrate-data.ts', []],
  ['db-migrate-data.ts', ['--url', 'http://x']],
  ['db-migrate-data.ts', ['--url', 'postgres://postgres:x@127.0.0.1:1/postgres', '--batch', 'many']],
])('DB-5: %s %j: one line that says what to do, exit code 2', async (script, args) => {
  expect(await runScript(script, ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/^[^\n]+\n$/) })
})
