import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import parsePhoneNumber from 'libphonenumber-js/max'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '../embedded/testing/empty-database.ts'
import { fillLegacy } from '../embedded/testing/legacy/fill-legacy.ts'
import { LEGACY_COLUMNS } from '../embedded/testing/legacy/legacy-schema.ts'
import { LEGACY_COMPANIES, type LegacyChat } from '../embedded/testing/legacy/make-legacy-chats.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { useOwnSettings } from '../embedded/testing/template-folder.ts'
import { migrateData } from './data-migration.ts'
import { migrate } from './migrate.ts'
import { rollback, switchChatSync } from './rollback.ts'

// One legacy database of 10,000 chats goes through its whole life, test by test.

const CHATS = 10_000

const server = await suiteBackend(1)
const url = await emptyDatabase(server)
const sql = postgres(url, { max: 2, onnotice: () => {} })
let chats: LegacyChat[]
let legacy: Record<string, unknown>
beforeAll(async () => {
  await useOwnSettings(sql)
  chats = await fillLegacy(sql, CHATS)
  legacy = await legacyState()
})
afterAll(() => sql.end({ timeout: 5 }))

/** The legacy rows, hashed by their legacy columns, and everything that the catalogue says about their tables. */
async function legacyState(): Promise<Record<string, unknown>> {
  return { ...(await legacyRows()), ...(await legacyShape()) }
}

async function legacyRows(): Promise<Record<string, unknown>> {
  const state: Record<string, unknown> = {}
  for (const [table, columns] of Object.entries(LEGACY_COLUMNS)) {
    const [row] = await sql.unsafe(
      `select count(*)::int as rows, md5(string_agg(md5(row(${columns})::text), '' order by id)) as checksum from public."${table}"`,
    )
    state[table] = row
  }
  return state
}

async function legacyShape(): Promise<Record<string, unknown>> {
  const list = (query: string) => sql.unsafe(query).then((rows) => rows.map((row) => JSON.stringify(row)))
  return {
    columns: await list(
      `select table_name, column_name, data_type, column_default, is_nullable from information_schema.columns
        where table_schema = 'public' order by table_name, ordinal_position`,
    ),
    indexes: await list(`select tablename, indexdef from pg_indexes where schemaname = 'public' order by 2`),
    constraints: await list(
      `select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace order by 1, 2`,
    ),
    triggers: await list(
      `select tgrelid::regclass::text, tgname, tgenabled from pg_trigger t join pg_class c on c.oid = tgrelid
        where not tgisinternal and relnamespace = 'public'::regnamespace order by 1, 2`,
    ),
    security: await list(
      `select relname, relrowsecurity, relforcerowsecurity,
              (select json_agg(a order by a) from unnest(coalesce(relacl, acldefault('r', relowner))::text[]) a) as acl
         from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    ),
    functions: await list(
      `select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
    ),
    unused: await list(`select * from public.customers order by id`).catch(() => 'set aside'),
  }
}

/** Everything that the product has written, hashed. */
async function productChecksum(): Promise<unknown> {
  const sums: Record<string, unknown> = {}
  for (const table of [
    'public.customers',
    'public."VC Usage"',
    'public.customer_interactions',
    'public.customer_suggestions',
    'public.chat_link_candidates',
    'public.audit_log',
    'private.identity_claims',
    'private.data_migrations',
    'private.data_migration_duplicates',
    'private.data_migration_backup',
  ]) {
    const [row] = await sql.unsafe(
      `select count(*)::int as rows, md5(string_agg(h, '' order by h)) as checksum from (select md5(t::text) as h from ${table} t) s`,
    )
    sums[table] = row
  }
  return sums
}

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts')

/** Runs a script of ours; kills it outright at the first line that matches `killAt`. */
async function run(
  script: string,
  args: readonly string[],
  killAt?: RegExp,
): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(SCRIPTS, script), '--url', url, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (text) => {
    stdout += text
    if (killAt?.test(stdout)) child.kill('SIGKILL')
  })
  const [code] = await once(child, 'close')
  return { code, stdout }
}

test('DB-5: the schema is deployed onto the legacy database; its rows stay as they are and its writers go on', async () => {
  expect(await migrate({ url })).toMatchObject({ ok: true })
  expect(await legacyRows()).toEqual({
    'VC Usage': legacy['VC Usage'],
    customer_interactions: legacy.customer_interactions,
    companies: legacy.companies,
  })
  expect(await sql`select * from legacy_backup.customers`).toHaveLength(2)
  // What the administrator does by the runbook.
  for (const company of LEGACY_COMPANIES) {
    await sql`update public.companies set country = ${company.country} where id = ${company.id}`
    await sql.unsafe(
      `do $$ begin while private.rekey_some('${company.id}') > 0 loop commit; perform pg_sleep(0.5); end loop; end $$`,
    )
  }
})

test('DB-5: a run that is killed in the middle goes on where it stopped, in under a minute in all', {
  timeout: 120_000,
}, async () => {
  expect(await sql`show fsync`).toEqual([{ fsync: 'on' }])
  const started = performance.now()
  const first = await run('db-migrate-data.ts', ['--batch', '300'], /Prairie Roofing: create/)
  expect(first.code).toBeNull()
  const [half] = await sql<{ linked: number; done: number }[]>`
    select (select count(*)::int from public."VC Usage" where customer_id is not null) as linked,
           (select count(*)::int from private.data_migrations where step = 'done') as done`
  expect(half?.linked).toBeGreaterThan(0)
  expect(half?.linked).toBeLessThan(CHATS * 0.6)
  expect(half?.done).toBe(1)

  const second = await run('db-migrate-data.ts', [])
  const seconds = (performance.now() - started) / 1_000
  console.log(`${second.stdout}in all ${seconds.toFixed(1)} s, of it one kill and one restart`)
  expect(second.code).toBe(0)
  expect(seconds).toBeLessThan(60)
})

test('DB-5: at least 99 % of the chats with contact data are linked, no customer is made twice', async () => {
  const links = new Map(
    (await sql<{ id: string; customer_id: string | null }[]>`select id, customer_id from public."VC Usage"`).map(
      (row) => [row.id, row.customer_id],
    ),
  )
  // The truth, by other means than the database's: libphonenumber, and what the fixture knows.
  const known = chats.map((chat) => ({ ...chat, keys: keysOf(chat), customer: links.get(chat.row.id) ?? null }))
  const withContact = known.filter(({ row, keys }) => keys.length > 0 || isName(row.customer_name))
  const linked = withContact.filter((chat) => chat.customer !== null)
  const [status] = await sql<{ chats: number; waiting: number }[]>`
    select sum(chats)::int as chats, sum(awaiting_review)::int as waiting from public.customer_sync_status`

  // Chats of one person that share an e-mail or a phone, over any number of steps: one customer.
  const groups = components(known.filter((chat) => chat.keys.length > 0 && chat.person !== null))
  const twice = groups.filter((group) => new Set(group.map((chat) => chat.customer).filter(Boolean)).size > 1)
  // Customers with chats of two persons.
  const persons = new Map<string, Set<string>>()
  for (const { customer, person } of linked) {
    if (customer !== null && person !== null) persons.set(customer, (persons.get(customer) ?? new Set()).add(person))
  }
  const mixed = [...persons.values()].filter((some) => some.size > 1).length

  console.log(
    `chats ${chats.length}, with contact data ${withContact.length}, linked ${linked.length} ` +
      `(${((linked.length / withContact.length) * 100).toFixed(2)} %), waiting for a person ${status?.waiting}; ` +
      `customers ${persons.size}, made twice ${twice.length}, of two persons ${mixed}`,
  )
  expect(status?.chats).toBe(CHATS)
  expect(linked.length / withContact.length).toBeGreaterThanOrEqual(0.99)
  expect(linked.length + (status?.waiting ?? 0)).toBeGreaterThanOrEqual(withContact.length)
  expect(twice.map((group) => group.map(({ row, customer }) => ({ ...row, messages: 0, customer })))).toEqual([])
  // A household's phone without an e-mail, a name that two persons have: what chats alone can't tell.
  expect(mixed / persons.size).toBeLessThan(0.01)
})

test('DB-5: enriched: counts, first and last conversation, notes, interactions, contact changes, fuzzy duplicates', async () => {
  const [wrong] = await sql<{ n: number }[]>`
    select count(*)::int as n
      from public.customers c
      join lateral (select count(*) as chats, min(created_at) as first, max(created_at) as last
                      from public."VC Usage" h where h.customer_id = c.id) h on true
     where c.created_by_user_name <> 'Data Migration' or c.source <> 'chat' or c.conversation_count <> h.chats
        or c.last_seen_at <> h.last or c.created_at > h.first or c.customer_notes is null`
  expect(wrong?.n).toBe(0)
  const [rest] = await sql<{ interactions: number; without: number; emails: number; duplicates: number }[]>`
    select (select count(*)::int from public.customer_interactions where customer_id is not null) as interactions,
           (select count(*)::int from public.customer_interactions i
             where customer_id is null
               and exists (select from public."VC Usage" h where h.session_id = i.session_id and h.customer_id is not null)) as without,
           (select count(*)::int from public.customer_suggestions where field = 'email') as emails,
           (select count(*)::int from private.data_migration_duplicates) as duplicates`
  expect(rest).toMatchObject({ without: 0 })
  expect(rest?.interactions).toBeGreaterThan(1_000)
  expect(rest?.emails).toBeGreaterThan(50)
  expect(rest?.duplicates).toBeGreaterThan(10)
})

test('DB-5: a second run changes nothing', async () => {
  const before = await productChecksum()
  const again = await migrateData({ url })
  expect(again).toMatchObject({ ok: true })
  if (again.ok) {
    expect(again.value.map((company) => company.written)).toEqual([0, 0, 0, 0])
    for (const company of again.value) expect(company.checks.filter((check) => !check.ok)).toEqual([])
  }
  expect(await productChecksum()).toEqual(before)
})

test('DB-5: emergency: the triggers stop, chats go on being written; resumed, what came meanwhile is linked', async () => {
  expect(await run('db-rollback.ts', ['--emergency'])).toMatchObject({ code: 0 })
  const company = LEGACY_COMPANIES[0]?.id ?? ''
  const [during] = await sql<{ id: string; customer_id: string | null }[]>`
    insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
    values (${company}, 'emergency', 'Late Visitor', 'late@example.com') returning id, customer_id`
  const linkOf = async () =>
    (
      await sql<
        { customer_id: string | null }[]
      >`select customer_id from public."VC Usage" where id = ${during?.id ?? ''}`
    )[0]?.customer_id
  expect(await linkOf()).toBeNull()
  expect(await switchChatSync(url, true)).toMatchObject({ ok: true })
  expect(await linkOf()).not.toBeNull()
  // Out of the way of the checksums below.
  await sql`delete from public."VC Usage" where session_id = 'emergency'`
})

test('DB-5: the full rollback gives the legacy database back to the byte, after edits that reached the chats, too', async () => {
  const [edited] = await sql<{ id: string }[]>`
    update public.customers set customer_name = 'Renamed by hand', customer_phone = '+49 30 901820'
     where id = (select customer_id from public."VC Usage" where customer_id is not null
                  group by customer_id having count(*) > 3 limit 1) returning id`
  const [reached] = await sql<{ n: number }[]>`
    select count(*)::int as n from public."VC Usage" where customer_id = ${edited?.id ?? ''} and customer_name = 'Renamed by hand'`
  expect(reached?.n).toBeGreaterThan(3)

  // The data first: what the migration made is gone, the rest of the product stays.
  expect(await run('db-rollback.ts', ['--to', '20261122003500_chat_review'])).toMatchObject({ code: 0 })
  const [left] = await sql<{ made: number; linked: number }[]>`
    select (select count(*)::int from public.customers where created_by_user_name = 'Data Migration') as made,
           (select count(*)::int from public."VC Usage" where customer_link_source = 'migration') as linked`
  expect(left).toEqual({ made: 0, linked: 0 })

  expect(await rollback({ url, to: 'nothing' })).toMatchObject({ ok: true })
  expect(await legacyState()).toEqual(legacy)
  expect(await sql`select from pg_namespace where nspname in ('private', 'legacy_backup')`).toHaveLength(0)
})

test('DB-5: after the rollback everything can be deployed again', async () => {
  expect(await migrate({ url })).toMatchObject({ ok: true })
})

/** E-mail and phone of a chat in their normal forms; nothing that can't be read. */
function keysOf({ row, country }: LegacyChat): string[] {
  const email = row.customer_email?.trim().toLowerCase()
  const phone = parsePhoneNumber(row.customer_phone ?? '', country)
  return [
    ...(email !== undefined && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) ? [`${row.company_id} ${email}`] : []),
    ...(phone?.isPossible() === true ? [`${row.company_id} ${phone.number}`] : []),
  ]
}

function isName(name: string | null): boolean {
  return name !== null && /\p{L}/u.test(name) && !['Guest', 'Anonymous'].includes(name)
}

/** Groups of chats of one person that hang together by their keys. */
function components<T extends { readonly keys: readonly string[]; readonly person: string | null }>(
  items: readonly T[],
): T[][] {
  const parent = items.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    for (let up = parent[at]; up !== undefined && up !== at; up = parent[at]) at = up
    return at
  }
  const first = new Map<string, number>()
  items.forEach((item, index) => {
    for (const key of item.keys) {
      const mine = `${key} ${item.person}`
      const other = first.get(mine)
      if (other === undefined) first.set(mine, index)
      else parent[root(index)] = root(other)
    }
  })
  const groups = new Map<number, T[]>()
  items.forEach((item, index) => {
    const group = groups.get(root(index)) ?? []
    group.push(item)
    groups.set(root(index), group)
  })
  return [...groups.values()]
}
