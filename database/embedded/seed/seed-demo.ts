import type { Sql, TransactionSql } from 'postgres'
import { DEMO_COMPANIES, DEMO_USERS, type DemoCompany } from './demo-users.ts'
import { HARBOUR_VALE_MIX, type LocaleMix, NORTHBUILD_MIX } from './locales.ts'
import { DAY_MS, makeCustomer, type Rep } from './make-customers.ts'
import { makeHistory } from './make-history.ts'
import { makeWaitingChats } from './make-waiting-chats.ts'
import { createRandom } from './random.ts'

/** Rows sent with one statement. */
const BATCH = 5_000

/**
 * Fills an empty database with two demo companies, in one transaction: it is either there or not.
 * Returns false when the database has companies already.
 */
export async function seedDemo(sql: Sql, customers: number): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [found] = await tx<{ seeded: boolean }[]>`select exists (select from public.companies) as seeded`
    if (found?.seeded === true) return false
    await insertPeople(tx)
    await seedCompany(tx, DEMO_COMPANIES.northbuild, NORTHBUILD_MIX, customers, 1)
    await seedCompany(tx, DEMO_COMPANIES.harbourVale, HARBOUR_VALE_MIX, Math.ceil(customers / 4), 2)
    // The planner must not take a table of 100,000 rows for an empty one until autovacuum comes by.
    await tx`analyze`
    return true
  })
}

async function insertPeople(tx: TransactionSql): Promise<void> {
  const companies = Object.values(DEMO_COMPANIES).map(({ id, name, country }) => ({ id, name, country }))
  await insertRows(tx, 'public.companies', 'id uuid, name text, country text', companies)
  const users = DEMO_USERS.map(({ id, email, password, name }) => ({ id, email, password, name }))
  await tx`
    insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
    select u.id, 'authenticated', 'authenticated', u.email,
           -- Cheap rounds: these passwords are printed at every start.
           extensions.crypt(u.password, extensions.gen_salt('bf', 6)), now(),
           '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', u.name)
      from jsonb_to_recordset(${tx.json(users)}) as u (id uuid, email text, password text, name text)`
  await tx`
    insert into auth.identities (id, provider, provider_id, user_id, identity_data)
    select gen_random_uuid(), 'email', u.id::text, u.id,
           jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true)
      from jsonb_to_recordset(${tx.json(users)}) as u (id uuid, email text)`
  const members = DEMO_USERS.map(({ id, companyId, role, name }) => ({
    user_id: id,
    company_id: companyId,
    role,
    display_name: name,
  }))
  await insertRows(
    tx,
    'public.company_members',
    'user_id uuid, company_id uuid, role public.member_role, display_name text',
    members,
  )
}

async function seedCompany(
  tx: TransactionSql,
  company: DemoCompany,
  mix: LocaleMix,
  count: number,
  seed: number,
): Promise<void> {
  const random = createRandom(seed)
  // Whole days: a demo made twice on one day is the same to the byte.
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  const reps: Rep[] = DEMO_USERS.filter((user) => user.companyId === company.id && user.role === 'sales')
  const customers = Array.from({ length: count }, () => makeCustomer(random, company.id, mix, reps, today))
  const history = makeHistory(random, company, customers, reps, today)
  const waiting = makeWaitingChats(random, customers, today)

  // The log gets its entries below, with the customers' own dates.
  await tx`alter table public.customers disable trigger customers_audit_insert`
  await insertRows(
    tx,
    'public.customers',
    `id uuid, company_id uuid, customer_name text, customer_email text, customer_phone text, customer_address text,
     customer_website text, customer_notes text, tags text[], source text, owner_id uuid, created_by_user_id uuid, created_by_user_name text,
     created_at timestamptz, updated_at timestamptz, last_seen_at timestamptz, conversation_count int, view_count int`,
    customers,
  )
  await tx`alter table public.customers enable trigger customers_audit_insert`
  await tx`
    insert into public.audit_log (company_id, customer_id, action, user_id, user_name, at)
    select c.company_id, c.id, 'created', c.created_by_user_id, c.created_by_user_name, c.created_at
      from public.customers c where c.company_id = ${company.id}`
  await insertRows(
    tx,
    'public."VC Usage"',
    `id uuid, company_id uuid, customer_id uuid, customer_linked_at timestamptz, customer_link_source text,
     session_id text, interaction_number int, customer_name text, customer_email text,
     customer_phone text, customer_address text, summary text, messages jsonb, view_count int,
     last_viewed_at timestamptz, created_at timestamptz`,
    history.chats,
  )
  // Found to wait by the triggers themselves.
  await insertRows(
    tx,
    'public."VC Usage"',
    `id uuid, company_id uuid, session_id text, interaction_number int, customer_name text, customer_email text,
     customer_phone text, summary text, messages jsonb, view_count int, created_at timestamptz`,
    waiting,
  )
  await insertRows(
    tx,
    'public.quotes',
    `id uuid, company_id uuid, customer_id uuid, session_id text, quote_number text, status text, currency text,
     total numeric, line_items jsonb, created_at timestamptz`,
    history.quotes,
  )
  await insertRows(
    tx,
    'public.customer_interactions',
    `id uuid, company_id uuid, customer_id uuid, customer_name text, interaction_type text, viewed_at timestamptz,
     user_id uuid, user_name text`,
    history.interactions,
  )
}

/** Inserts rows by the batch. `table` and `columns` (name and type) are ours, never input. */
async function insertRows(tx: TransactionSql, table: string, columns: string, rows: readonly object[]): Promise<void> {
  const names = columns
    .split(/,\s*/)
    .map((column) => column.trim().split(' ')[0])
    .join(', ')
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = JSON.stringify(rows.slice(start, start + BATCH))
    await tx.unsafe(
      `insert into ${table} (${names}) select ${names} from json_to_recordset($1::text::json) as r (${columns})`,
      [batch],
    )
  }
}
