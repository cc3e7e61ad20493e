import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { runScript } from '../embedded/testing/run-script.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { migrate } from './migrate.ts'

const server = await suiteBackend(1)
const root = await mkdtemp(join(tmpdir(), 'tradesphere-test-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** An empty database of its own. */
async function emptyDatabase(): Promise<string> {
  const name = `t_${crypto.randomUUID().replaceAll('-', '')}`
  await server.sql.unsafe(`create database ${name} template template0`)
  const url = new URL(server.backend.postgresUrl)
  url.pathname = `/${name}`
  return url.href
}

async function migrations(files: Record<string, string>): Promise<string> {
  const directory = await mkdtemp(join(root, 'migrations-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  return directory
}

async function tablesOf(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1 })
  try {
    const rows = await sql<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public' order by 1`
    return rows.map((row) => row.name)
  } finally {
    await sql.end()
  }
}

const ONE = '20260101000000_one.sql'
const TWO = '20260102000000_two.sql'
const THREE = '20260103000000_three.sql'

test('DB-1: applies everything once, and what is new later', async () => {
  const url = await emptyDatabase()
  const directory = await migrations({ [ONE]: 'create table a (id int);', [TWO]: 'create table b (id int);' })
  expect(await migrate({ url, directory })).toEqual({ ok: true, value: { applied: [ONE, TWO], already: 0 } })
  expect(await migrate({ url, directory })).toEqual({ ok: true, value: { applied: [], already: 2 } })
  await writeFile(join(directory, THREE), 'create table c (id int);')
  expect(await migrate({ url, directory })).toEqual({ ok: true, value: { applied: [THREE], already: 2 } })
  expect(await tablesOf(url)).toEqual(['a', 'b', 'c'])
})

test('DB-1: a file that was changed, is gone, or comes out of order stops the run before anything is applied', async () => {
  const url = await emptyDatabase()
  const directory = await migrations({ [ONE]: 'create table a (id int);', [THREE]: 'create table c (id int);' })
  await migrate({ url, directory })
  const changed = await migrations({
    [ONE]: 'create table a (id bigint);',
    [THREE]: 'create table c (id int);',
    '20270101000000_new.sql': 'create table n (id int);',
  })
  expect(await migrate({ url, directory: changed })).toMatchObject({ ok: false, error: { code: 'migration_changed' } })
  const gone = await migrations({ [THREE]: 'create table c (id int);' })
  expect(await migrate({ url, directory: gone })).toMatchObject({ ok: false, error: { code: 'migration_missing' } })
  await writeFile(join(directory, TWO), 'create table b (id int);')
  expect(await migrate({ url, directory })).toMatchObject({ ok: false, error: { code: 'migration_out_of_order' } })
  expect(await tablesOf(url)).toEqual(['a', 'c'])
})

test('DB-1: line ends of another system are no change', async () => {
  const url = await emptyDatabase()
  await migrate({ url, directory: await migrations({ [ONE]: 'create table a\n(id int);\n' }) })
  expect(
    await migrate({ url, directory: await migrations({ [ONE]: 'create table a\r\n(id int);\r\n' }) }),
  ).toMatchObject({ ok: true, value: { already: 1 } })
})

test('DB-1: a file that fails half-way leaves nothing behind and can be mended', async () => {
  const url = await emptyDatabase()
  const directory = await migrations({
    [ONE]: 'create table a (id int);',
    [TWO]: 'create table b (id int); select 1 / 0; create table d (id int);',
  })
  expect(await migrate({ url, directory })).toMatchObject({
    ok: false,
    error: {
      code: 'migration_failed',
      message: expect.stringMatching(/^20260102000000_two.sql .*division by zero\.$/),
    },
  })
  expect(await tablesOf(url)).toEqual(['a'])
  await writeFile(join(directory, TWO), 'create table b (id int);')
  expect(await migrate({ url, directory })).toMatchObject({ ok: true, value: { applied: [TWO] } })
})

test('DB-1: of many migrators at once, one applies and the others wait', async () => {
  const url = await emptyDatabase()
  const directory = await migrations({
    [ONE]: 'select pg_sleep(0.3); create table a (id int);',
    [TWO]: 'create table b (id int);',
  })
  const reports = await Promise.all(Array.from({ length: 5 }, () => migrate({ url, directory })))
  expect(reports.every((report) => report.ok)).toBe(true)
  expect(reports.map((report) => (report.ok ? report.value.applied.length : -1)).sort()).toEqual([0, 0, 0, 0, 2])
})

test('DB-1: a badly named file is refused', async () => {
  const directory = await migrations({ 'first.sql': 'select 1;' })
  expect(await migrate({ url: server.backend.postgresUrl, directory })).toMatchObject({
    ok: false,
    error: { code: 'bad_migration_name' },
  })
})

test("DB-1: a database without Supabase's auth is refused in words", async () => {
  expect(await migrate({ url: await emptyDatabase() })).toMatchObject({
    ok: false,
    error: { code: 'migration_failed', message: expect.stringContaining('lacks Supabase Auth') },
  })
})

test('DB-1: a role that row-level security applies to may not deploy', async () => {
  const url = new URL(await emptyDatabase())
  const name = `plain_${crypto.randomUUID().slice(0, 8)}`
  await server.sql.unsafe(
    `create role ${name} login password 'x' createdb; alter database ${url.pathname.slice(1)} owner to ${name}`,
  )
  const owner = postgres(url.href, { max: 1 })
  await owner.unsafe(`create schema auth authorization ${name}; create table auth.users (id uuid primary key);
    create function auth.uid() returns uuid language sql as 'select null::uuid'`)
  await owner.end()
  url.username = name
  url.password = 'x'
  expect(await migrate({ url: url.href })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('BYPASSRLS') },
  })
})

test('DB-1: the command deploys, and refuses bad input with one line and exit code 2', async () => {
  expect(await runScript('db-migrate.ts', '--url', server.backend.postgresUrl)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^0 applied, \d+ were there already\n$/),
  })
  for (const args of [
    [],
    ['--url', 'nonsense'],
    ['--url', 'http://x'],
    ['--what'],
    ['--url', 'postgres://postgres:x@127.0.0.1:1/postgres'],
  ]) {
    const { code, stdout, stderr } = await runScript('db-migrate.ts', ...args)
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' })
    expect(stderr).toMatch(/^[^\n]+\n$/)
  }
})
