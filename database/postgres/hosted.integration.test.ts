import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { become } from '../embedded/testing/test-backend.ts'
import { checkDatabase } from './health/check-database.ts'
import { migrate } from './migrate.ts'
import { rollback } from './rollback.ts'

/**
 * What a hosted Supabase gives to whom deploys: `postgres` is no superuser there, and auth, realtime and
 * the extensions' schema belong to others. Source: the init scripts of supabase/postgres.
 */
const HOSTED = `
  create role hosted_admin nologin;
  create role hosted_auth_admin nologin;
  create role hosted_realtime_admin nologin;
  create role hosted_postgres login nosuperuser createdb createrole replication bypassrls password 'hosted';
  grant anon, authenticated, service_role to hosted_postgres with admin option;
  grant hosted_realtime_admin, pg_monitor, pg_read_all_data, pg_signal_backend to hosted_postgres;`

const HOSTED_SCHEMAS = `
  alter schema public owner to pg_database_owner;
  grant usage on schema public to anon, authenticated, service_role;
  alter default privileges for role hosted_postgres in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges for role hosted_postgres in schema public grant all on functions to anon, authenticated, service_role;
  alter default privileges for role hosted_postgres in schema public grant all on sequences to anon, authenticated, service_role;
  create schema extensions authorization hosted_admin;
  grant all on schema extensions to hosted_postgres;
  create extension pgcrypto schema extensions;
  create extension "uuid-ossp" schema extensions;
  create schema auth authorization hosted_admin;
  create table auth.users (id uuid primary key, email text, raw_user_meta_data jsonb, created_at timestamptz default now());
  alter table auth.users owner to hosted_auth_admin;
  create table auth.sessions (id uuid primary key, user_id uuid not null, created_at timestamptz);
  alter table auth.sessions owner to hosted_auth_admin;
  grant all on schema auth to hosted_auth_admin;
  grant usage on schema auth to hosted_postgres, anon, authenticated, service_role;
  grant select, insert, update, delete, references, trigger on auth.users, auth.sessions to hosted_postgres;
  create function auth.uid() returns uuid language sql stable as
    $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
  create function auth.jwt() returns jsonb language sql stable as
    $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
  alter function auth.uid() owner to hosted_auth_admin;
  alter function auth.jwt() owner to hosted_auth_admin;
  create schema realtime authorization hosted_admin;
  create table realtime.messages (id uuid default gen_random_uuid(), topic text not null, extension text not null,
    payload jsonb, event text, private boolean default false, inserted_at timestamp default now());
  alter table realtime.messages owner to hosted_realtime_admin;
  alter table realtime.messages enable row level security;
  grant usage on schema realtime to hosted_postgres, anon, authenticated, service_role, hosted_realtime_admin;
  grant select, insert, update on realtime.messages to hosted_postgres, anon, authenticated, service_role;
  create function realtime.topic() returns text language sql stable as
    $$ select nullif(current_setting('realtime.topic', true), '') $$;
  create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
    language sql as $$ insert into realtime.messages (payload, event, topic, private, extension)
      values (payload, event, topic, private, 'broadcast') $$;`

const server = await suiteBackend(1)
const url = await hostedDatabase()
const sql = postgres(url, { max: 1, onnotice: () => {} })
afterAll(() => sql.end())

/** A database as a hosted Supabase has it; answers with the address for whom deploys. */
async function hostedDatabase(): Promise<string> {
  await server.sql.unsafe(HOSTED).simple()
  await server.sql.unsafe('create database hosted template template0 owner hosted_postgres')
  const asAdmin = new URL(server.backend.postgresUrl)
  asAdmin.pathname = '/hosted'
  const admin = postgres(asAdmin.href, { max: 1, onnotice: () => {} })
  await admin.unsafe(HOSTED_SCHEMAS).simple()
  await admin.end()
  const asDeployer = new URL(asAdmin)
  asDeployer.username = 'hosted_postgres'
  asDeployer.password = 'hosted'
  return asDeployer.href
}

test('DB-1 DB-10: a role like the `postgres` of hosted Supabase, no superuser, deploys everything', async () => {
  const report = await migrate({ url })
  expect(report.ok ? report.value.applied.length : report.error).toBeGreaterThan(40)
})

test('R-1 R-2 SY-6: what it deployed works and holds: members read theirs, strangers nothing, chats and hints run', async () => {
  const company = crypto.randomUUID()
  const owner = crypto.randomUUID()
  const stranger = crypto.randomUUID()
  await sql`insert into auth.users (id, email) values (${owner}, 'owner@example.com'), (${stranger}, 's@example.com')`
  await sql`insert into public.companies (id, name, country) values (${company}, 'Northbuild', 'AU')`
  await sql`insert into public.company_members (company_id, user_id, role, display_name) values (${company}, ${owner}, 'owner', 'Olga')`
  await sql.begin(async (tx) => {
    await tx`set local role service_role`
    await tx`insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
             values (${company}, 's1', 'Ursula Groß', 'ursula@example.com')`
  })
  const seenBy = (user: string) =>
    sql.begin(async (tx) => {
      await become(tx, 'authenticated', user)
      return tx<{ name: string }[]>`select customer_name as name from public.customers`
    })
  expect(await seenBy(owner)).toEqual([{ name: 'Ursula Groß' }])
  expect(await seenBy(stranger)).toEqual([])
  const [hints] = await sql<
    { n: number }[]
  >`select count(*)::int as n from realtime.messages where topic = ${`company:${company}`}`
  expect(hints?.n).toBeGreaterThan(0)
  await sql.begin(async (tx) => {
    await become(tx, 'authenticated', owner)
    const [found] = await tx<{ n: number }[]>`
      select json_array_length(public.search_customers(${company}, 'ursula') -> 'rows') as n`
    expect(found?.n).toBe(1)
  })
  await expect(
    sql.begin(async (tx) => {
      await become(tx, 'anon', null)
      await tx`select count(*) from public.customers`
    }),
  ).rejects.toThrow('permission denied')
})

test('DB-6 DB-8 SY-3: merging, its undoing, erasing and the nightly jobs need no superuser either', async () => {
  const [member] = await sql<{ company_id: string; user_id: string }[]>`
    select company_id, user_id from public.company_members where role = 'owner'`
  if (member === undefined) throw new Error('The test before made one.')
  const company = member.company_id
  await sql`insert into public."VC Usage" (company_id, session_id, customer_name, customer_email) values (${company}, 's2', 'Ursula G.', 'ug@example.com')`
  const [kept, other] = await sql<{ id: string }[]>`select id from public.customers order by created_at`
  await sql.begin(async (tx) => {
    await become(tx, 'authenticated', member.user_id)
    const merge = crypto.randomUUID()
    await tx`select public.merge_customers(${company}, ${kept?.id ?? ''}, ${[other?.id ?? '']}::uuid[], '{}', ${merge})`
    await tx`select public.unmerge_customers(${company}, ${merge})`
    await tx`select public.enrich_customer(${company}, ${kept?.id ?? ''}), public.export_customer_data(${company}, ${kept?.id ?? ''})`
    await tx`select public.erase_customer(${company}, ${other?.id ?? ''}, 'requested')`
    await tx`select public.invite_member(${company}, 'new@example.com', 'sales', 'New'), public.set_retention(${company}, 5)`
  })
  await sql`select private.apply_retention_everywhere(), private.forget_samples(), private.prune_sync_memory()`
  const [{ epoch } = { epoch: '' }] = await sql<{ epoch: string }[]>`select private.start_new_sync_epoch() as epoch`
  const page = await sql.begin(async (tx) => {
    await become(tx, 'authenticated', member.user_id)
    return (await tx`select public.sync_pull(${company}, 'customers') as page`)[0]?.page
  })
  expect(page).toMatchObject({
    epoch,
    rows: expect.arrayContaining([
      expect.objectContaining({ id: kept?.id, name: 'Ursula Groß' }),
      expect.objectContaining({ id: other?.id, name: 'Erased customer' }),
    ]),
  })
})

test('DB-11: the check after deployment passes there', async () => {
  const results = await checkDatabase(sql)
  // How fast the triggers are is the machine's affair.
  expect(results.filter(({ status, id }) => status === 'failed' && id !== 'trigger_time')).toEqual([])
  expect(results.length).toBeGreaterThan(8)
})

test('DB-10: it can be taken back by the same role', async () => {
  const report = await rollback({ url, to: 'nothing' })
  expect(report.ok ? 'ok' : report.error).toBe('ok')
  const left =
    await sql`select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')`
  expect(left).toHaveLength(0)
})
