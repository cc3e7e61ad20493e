import type { Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../embedded/testing/test-backend.ts'

// What Supabase's database linter checks, asked of the catalogue: a new migration is covered by itself.

let server: TestBackend
let sql: Sql
beforeAll(async () => {
  server = await startTestBackend(1)
  sql = server.sql
})
afterAll(() => server.close())

const names = async (query: PromiseLike<readonly { name: string }[]>) => (await query).map((row) => row.name)

test('R-2: row-level security is enabled and forced on every table', async () => {
  const all =
    await sql`select 1 from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, 'private'::regnamespace)`
  expect(all.length).toBeGreaterThan(10)
  expect(
    await names(sql`
      select c.oid::regclass::text as name from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'migrations'::regnamespace)
         and not (c.relrowsecurity and c.relforcerowsecurity)`),
  ).toEqual([])
})

test('R-2: every table of the API has a policy, for authenticated only', async () => {
  expect(
    await names(sql`
      select c.oid::regclass::text as name from pg_class c
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
         and not exists (select from pg_policy p where p.polrelid = c.oid)`),
  ).toEqual([])
  expect(
    await names(sql`select polname as name from pg_policy where polroles <> array['authenticated'::regrole::oid]`),
  ).toEqual([])
})

test('R-2: policies ask who is asking once a statement, not once a row', async () => {
  // Postgres prints an initplan as "( SELECT f() AS f)"; a call outside of one runs for every row.
  const policies = await sql<{ name: string; text: string }[]>`
    select policyname as name, coalesce(qual, '') || ' ' || coalesce(with_check, '') as text from pg_policies`
  const perRow = policies.filter(({ text }) =>
    /(auth|private)\.\w+\(/.test(
      text.replace(/\(\s*SELECT (auth|private)\.\w+\([^()]*(\([^()]*\)[^()]*)*\) AS \w+\)/g, ''),
    ),
  )
  expect(policies.length).toBeGreaterThan(10)
  expect(perRow.map((policy) => policy.name)).toEqual([])
})

test('R-2: one permissive policy for each table and command', async () => {
  expect(
    await names(sql`
      select tablename || ' ' || cmd as name from pg_policies where permissive = 'PERMISSIVE'
       group by tablename, cmd having count(*) > 1`),
  ).toEqual([])
})

test('R-2: every function fixes its search_path', async () => {
  const ours = sql`select oid from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)`
  expect((await ours).length).toBeGreaterThan(10)
  expect(
    await names(sql`
      select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not coalesce(p.proconfig, '{}') @> array['search_path=""']`),
  ).toEqual([])
})

test('R-2: functions with definer rights are out of reach of the API', async () => {
  expect(
    await names(sql`
      select p.oid::regprocedure::text as name from pg_proc p
       where p.prosecdef and p.pronamespace = 'public'::regnamespace`),
  ).toEqual([])
})

test('R-2: anon and PUBLIC have no right to anything of ours', async () => {
  expect(
    await names(sql`
      select distinct c.oid::regclass::text || ' ' || a.privilege_type as name
        from pg_class c cross join lateral aclexplode(c.relacl) a
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'migrations'::regnamespace)
         and a.grantee in (0, 'anon'::regrole)`),
  ).toEqual([])
  expect(
    await names(sql`
      select p.oid::regprocedure::text as name
        from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
         and a.grantee in (0, 'anon'::regrole)`),
  ).toEqual([])
  const [schema] = await sql<{ may: boolean }[]>`select has_schema_privilege('anon', 'private', 'usage') as may`
  expect(schema?.may).toBe(false)
})

test('R-2: views run with the rights of whoever asks', async () => {
  expect(
    await names(sql`
      select c.oid::regclass::text as name from pg_class c
       where c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']`),
  ).toEqual([])
})

test('DB-2: every foreign key has an index that begins with its columns', async () => {
  expect(
    await names(sql`
      select k.conrelid::regclass::text || ' ' || k.conname as name from pg_constraint k
       where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not exists (
           select from pg_index i
            where i.indrelid = k.conrelid
              and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
              and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)`),
  ).toEqual([])
})

test('DB-2: no index says what another one says', async () => {
  expect(
    await names(sql`
      select a.indexrelid::regclass::text || ' = ' || b.indexrelid::regclass::text as name
        from pg_index a join pg_index b on a.indrelid = b.indrelid and a.indexrelid > b.indexrelid
        join pg_class c on c.oid = a.indrelid
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and a.indkey = b.indkey and a.indclass = b.indclass and a.indoption = b.indoption
         and coalesce(pg_get_expr(a.indexprs, a.indrelid), '') = coalesce(pg_get_expr(b.indexprs, b.indrelid), '')
         and coalesce(pg_get_expr(a.indpred, a.indrelid), '') = coalesce(pg_get_expr(b.indpred, b.indrelid), '')`),
  ).toEqual([])
})

test('R-2: every foreign key between tenants carries the company', async () => {
  expect(
    await names(sql`
      select k.conname as name from pg_constraint k
       where k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
         and k.confrelid not in ('public.companies'::regclass, 'auth.users'::regclass)
         and not exists (
           select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'company_id')`),
  ).toEqual([])
})

test('DB-1: every table has a primary key, and no extension lies in public', async () => {
  expect(
    await names(sql`
      select c.oid::regclass::text as name from pg_class c
       where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`),
  ).toEqual([])
  expect(
    await names(sql`select extname as name from pg_extension where extnamespace = 'public'::regnamespace`),
  ).toEqual([])
})
