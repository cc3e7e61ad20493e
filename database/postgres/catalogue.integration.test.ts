import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'

import { lintCatalogue } from './health/lint-catalogue.ts'

// What Supabase's database linter checks, asked of the catalogue: a new migration is covered by itself.

const { sql } = await suiteBackend(1)

/** What breaks each rule, the rule, and the name that it must give. */
const PLANTED: readonly (readonly [id: string, name: string, statement: string])[] = [
  ['row_level_security', 'planted', 'create table public.planted (id int primary key)'],
  ['row_level_security', 'quotes', 'alter table public.quotes no force row level security'],
  ['policies', 'planted', 'create table public.planted (id int primary key)'],
  ['policies', 'quotes.planted', 'create policy planted on public.quotes for delete to public using (false)'],
  [
    'policy_initplan',
    'public.quotes.planted',
    `create policy planted on public.quotes for delete to authenticated
       using (company_id = any (private.my_company_ids()))`,
  ],
  [
    'policies_once',
    'public.quotes SELECT',
    'create policy planted on public.quotes for select to authenticated using (false)',
  ],
  ['search_path', 'private.planted()', 'create function private.planted() returns int language sql as $$ select 1 $$'],
  [
    'definer_functions',
    'planted()',
    `create function public.planted() returns int language sql security definer set search_path = '' as $$ select 1 $$`,
  ],
  ['anonymous_rights', 'companies', 'grant select on public.companies to anon'],
  ['anonymous_rights', 'companies', 'grant select (name) on public.companies to anon'],
  ['anonymous_rights', 'my_companies()', 'grant execute on function public.my_companies() to anon'],
  [
    'anonymous_rights',
    'private.planted()',
    // Nobody granted anything: PUBLIC, and with it anon, may execute what nobody revoked.
    `create function private.planted() returns int language sql set search_path = '' as $$ select 1 $$;
     grant execute on function private.planted() to public`,
  ],
  ['invoker_views', 'private.planted', 'create view private.planted as select 1 as one'],
  ['foreign_key_indexes', 'quotes.quotes_customer_fkey', 'drop index public.quotes_customer_idx'],
  [
    'duplicate_indexes',
    'planted = customers_company_rev_idx',
    'create index planted on public.customers (company_id, rev, id)',
  ],
  [
    'valid_indexes',
    'customers_company_rev_idx',
    `update pg_index set indisvalid = false where indexrelid = 'public.customers_company_rev_idx'::regclass`,
  ],
  [
    'tenant_keys',
    'private.planted.planted_customer_id_fkey',
    'create table private.planted (customer_id uuid primary key references public.customers (id))',
  ],
  ['primary_keys', 'private.planted', 'create table private.planted (id int)'],
  ['extensions', 'btree_gist', 'create extension btree_gist schema public'],
]

test('R-2 DB-2: the catalogue keeps every rule', async () => {
  expect((await lintCatalogue(sql)).filter(({ status }) => status !== 'ok')).toEqual([])
})

test.each(PLANTED)('R-2 DB-2: the rule %s finds %s', async (id, name, statement) => {
  const undone = new Error('undone')
  await expect(
    sql.begin(async (tx) => {
      await tx.unsafe(statement)
      const found = (await lintCatalogue(tx)).find((result) => result.id === id)
      expect(found).toMatchObject({ status: 'failed', figures: { names: expect.arrayContaining([name]) } })
      throw undone
    }),
  ).rejects.toBe(undone)
})

test('R-2 DB-2: each rule has been seen to find something', async () => {
  const rules = (await lintCatalogue(sql)).map(({ id }) => id)
  expect([...new Set(PLANTED.map(([id]) => id))].sort()).toEqual(rules.sort())
})

// Stricter than the check of a deployed database, which may hold functions of others.
test('R-2: every function of ours has an empty search_path, and the table of migrations is closed, too', async () => {
  const loose = await sql`
    select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not coalesce(p.proconfig, '{}') @> array['search_path=""']`
  expect(loose.map(({ name }) => name)).toEqual([])
  const open = await sql`
    select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = 'migrations'::regnamespace and c.relkind = 'r'
       and (not (c.relrowsecurity and c.relforcerowsecurity)
            or exists (select from aclexplode(c.relacl) a where a.grantee in (0, 'anon'::regrole)))`
  expect(open.map(({ name }) => name)).toEqual([])
  const [schema] = await sql`select has_schema_privilege('anon', 'private', 'usage') as may`
  expect(schema?.may).toBe(false)
})
