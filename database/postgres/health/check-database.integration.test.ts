import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { suiteBackend } from '../../embedded/testing/suite-backend.ts'
import { COMPANY_B } from '../../embedded/testing/test-backend.ts'
import { checkDatabase } from './check-database.ts'

const server = await suiteBackend(40)
const { sql } = server

/** Ids of the checks that failed; how fast the triggers are is the machine's affair. */
async function failures(): Promise<string[]> {
  return (await checkDatabase(sql))
    .filter(({ status, id }) => status === 'failed' && id !== 'trigger_time')
    .map(({ id }) => id)
}

const rowsOfEverything = async () => {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
     where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'realtime'::regnamespace)`
  const counts: Record<string, unknown> = {}
  for (const { name } of tables) counts[name] = (await sql.unsafe(`select count(*)::int as n from ${name}`))[0]?.n
  return counts
}

test('DB-11: a freshly deployed database passes, and the check leaves nothing behind', async () => {
  const before = await rowsOfEverything()
  const results = await checkDatabase(sql)
  expect(results.filter(({ status, id }) => status === 'failed' && id !== 'trigger_time')).toEqual([])
  expect(results.find(({ id }) => id === 'trigger_time')?.figures).toMatchObject({ chats: 55, p99: expect.any(Number) })
  expect(results.find(({ id }) => id === 'tenants')?.figures).toMatchObject({ companies: 2, leaks: [] })
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
  for (const { detail } of results) expect(detail).toMatch(/[.]$/)
  expect(await rowsOfEverything()).toEqual(before)
})

// What the rules of the catalogue find: catalogue.integration.test.ts.
describe('what is broken is found', () => {
  test.each([
    [
      'tenants',
      'create policy leak on public.quotes for select to authenticated using (true)',
      'drop policy leak on public.quotes',
    ],
    [
      'chat_triggers',
      'alter table public."VC Usage" disable trigger trg_sync_customer_from_chat_insert',
      'alter table public."VC Usage" enable trigger trg_sync_customer_from_chat_insert',
    ],
    [
      'migrations',
      `update migrations.applied_files set checksum = 'x' || checksum where name like '%_quotes.sql'`,
      `update migrations.applied_files set checksum = substr(checksum, 2) where name like '%_quotes.sql'`,
    ],
  ])('DB-11: %s: %s', async (id, break_, mend) => {
    await sql.unsafe(break_).simple()
    try {
      expect(await failures()).toContain(id)
    } finally {
      await sql.unsafe(mend).simple()
    }
  })

  test('DB-11: chats that nobody linked', async () => {
    await sql`alter table public."VC Usage" disable trigger trg_sync_customer_from_chat_insert`
    await sql`insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
              select ${COMPANY_B}, 's', 'Lost', 'lost' || n || '@example.com' from generate_series(1, 50) n`
    await sql`alter table public."VC Usage" enable trigger trg_sync_customer_from_chat_insert`
    expect(await failures()).toEqual(['link_rate'])
    await sql`delete from public."VC Usage" where company_id = ${COMPANY_B} and customer_name = 'Lost'`
    expect(await failures()).toEqual([])
  })
})

test('DB-11: phones that wait to be read for another country are told, and fail nothing', async () => {
  await sql`update public.companies set country = 'FR' where id = ${COMPANY_B}`
  const phones = (await checkDatabase(sql)).find(({ id }) => id === 'phones')
  expect(phones).toMatchObject({ status: 'warning', detail: expect.stringContaining(COMPANY_B) })
  expect(phones?.figures).toMatchObject({ companies: [{ company: COMPANY_B, left: expect.any(Number) }] })
  await sql`delete from private.phone_rekeys`
  expect(await failures()).toEqual([])
})

describe('the command', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/db-check.ts', ...args]).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )

  test('DB-11: exit code 1 when something failed, JSON for programs', async () => {
    await sql`alter table public.quotes no force row level security`
    const { code, stdout } = await run('--url', server.backend.postgresUrl, '--json')
    await sql`alter table public.quotes force row level security`
    expect(code).toBe(1)
    const results = JSON.parse(stdout) as { id: string; status: string }[]
    expect(results.filter(({ status }) => status === 'failed').map(({ id }) => id)).toContain('row_level_security')
  })

  test.each([
    [[], 'Say which database to check'],
    [['--url', 'mysql://x'], 'Say which database to check'],
    [['--url', 'postgres://nobody:wrong@127.0.0.1:1/none'], "The database can't be reached"],
    [['--colour'], 'Usage: npm run db:check'],
  ])('DB-11: bad input %j: one line, exit code 2', async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(sentence)
  })
})
