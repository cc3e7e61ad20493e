import { beforeAll, describe, expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, become, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(200)
const { sql } = server
beforeAll(fillEveryTable)

interface Relation {
  readonly schema: string
  readonly name: string
}

interface Routine {
  readonly schema: string
  readonly name: string
  /** `regprocedure` text: name with argument types. */
  readonly signature: string
  readonly argument_names: readonly string[]
  readonly argument_types: readonly string[]
  readonly is_trigger: boolean
}

/** Every table and view of ours: a new one is in the tests by itself. */
function relations(): Promise<Relation[]> {
  return sql<Relation[]>`
    select n.nspname as schema, c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private', 'migrations') and c.relkind in ('r', 'v', 'm', 'p', 'f')
     order by 1, 2`
}

function routines(): Promise<Routine[]> {
  return sql<Routine[]>`
    select n.nspname as schema, p.proname as name, p.oid::regprocedure::text as signature,
           coalesce(p.proargnames, '{}') as argument_names,
           array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as a (t, ord) order by ord) as argument_types,
           p.prorettype = 'trigger'::regtype as is_trigger
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('public', 'private', 'migrations')
     order by 1, 2`
}

/** Company B has a row in every table that knows companies, so that "no row" means something. */
async function fillEveryTable(): Promise<void> {
  const rep = user('sales', COMPANY_B)
  const [one, two] = await sql<
    { id: string }[]
  >`select id from public.customers where company_id = ${COMPANY_B} limit 2`
  if (one === undefined || two === undefined) throw new Error('The seed has no customers.')
  const [merge] = await sql<{ id: string }[]>`
    insert into public.customer_merges (company_id, target_customer_id) values (${COMPANY_B}, ${one.id}) returning id`
  await sql`
    insert into public.customer_merge_sources (company_id, merge_id, source_customer_id)
    values (${COMPANY_B}, ${merge?.id ?? ''}, ${two.id})`
  await sql`
    insert into public.saved_filters (company_id, user_id, name, filter, shared) values (${COMPANY_B}, ${rep.id}, 'All', '{}', true)`
  await sql`
    insert into public.duplicate_dismissals (company_id, customer_a, customer_b)
    values (${COMPANY_B}, least(${one.id}::uuid, ${two.id}::uuid), greatest(${one.id}::uuid, ${two.id}::uuid))`
  await sql`insert into public.import_batches (company_id, user_id, file_name) values (${COMPANY_B}, ${rep.id}, 'list.csv')`
  await sql`
    insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
    values (${COMPANY_B}, 'secret', 'Somebody', 'somebody@secret.example')`
  const [chat] = await sql<{ id: string }[]>`select id from public."VC Usage" where company_id = ${COMPANY_B} limit 1`
  await sql`
    insert into public.chat_link_candidates (company_id, chat_id, customer_id, rank, reason)
    values (${COMPANY_B}, ${chat?.id ?? ''}, ${one.id}, 9, 'shared_name') on conflict do nothing`
  await sql`
    insert into public.customer_suggestions (company_id, customer_id, field, value, chat_id)
    values (${COMPANY_B}, ${one.id}, 'phone', '+44 20 7946 0999', ${chat?.id ?? ''})`
  await sql`insert into public.quote_requests (company_id, customer_id) values (${COMPANY_B}, ${one.id})`
  await sql`insert into private.sync_tombstones (company_id, collection, id) values (${COMPANY_B}, 'quotes', gen_random_uuid())`
  const device = crypto.randomUUID()
  await sql`
    insert into public.devices (company_id, device_id, user_id, device_name)
    values (${COMPANY_B}, ${device}, ${rep.id}, 'Laptop of B')`
  await sql`insert into public.erasures (company_id, customer_id, reason) values (${COMPANY_B}, ${two.id}, 'requested')`
  await sql`
    insert into public.erasure_receipts (company_id, erasure_id, device_id, user_id)
    values (${COMPANY_B}, ${two.id}, ${device}, ${rep.id})`
  await sql`
    insert into private.judged_mutations (user_id, mutation_id, company_id, record_id)
    values (${rep.id}, gen_random_uuid(), ${COMPANY_B}, ${one.id})`
}

async function rowsOf(relation: Relation, company: string): Promise<number> {
  const key = relation.name === 'companies' ? 'id' : 'company_id'
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from ${sql(`${relation.schema}.${relation.name}`)} where ${sql(key)} = ${company}`
  return row?.n ?? 0
}

/** Whether a signed-in user has the right to read it at all: what nobody may read needs no rows to prove it. */
async function isReadable(relation: Relation): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`
    select has_table_privilege('authenticated', ${`"${relation.schema}"."${relation.name}"`}, 'select') as may`
  return row?.may === true
}

async function hasCompany(relation: Relation): Promise<boolean> {
  if (relation.name === 'companies') return true
  const [row] = await sql`
    select 1 from information_schema.columns
     where table_schema = ${relation.schema} and table_name = ${relation.name} and column_name = 'company_id'`
  return row !== undefined
}

/** All text a user of company A must never read: ids and addresses of company B's people and customers. */
async function secretsOfB(): Promise<string[]> {
  const rows = await sql<{ secret: string }[]>`
    select id::text as secret from public.customers where company_id = ${COMPANY_B}
    union all select user_id::text from public.company_members where company_id = ${COMPANY_B}
    union all select customer_email from public.customers where company_id = ${COMPANY_B} and customer_email is not null`
  return rows.map((row) => row.secret)
}

const LOGINS = ['owner', 'manager', 'sales', 'analyst']

describe('by SQL as authenticated', () => {
  test('R-2: every table with companies holds rows of company B, and no user of company A sees one', async () => {
    const seen: string[] = []
    const empty: string[] = []
    for (const relation of await relations()) {
      if (!(await hasCompany(relation))) continue
      if ((await isReadable(relation)) && (await rowsOf(relation, COMPANY_B)) === 0) empty.push(relation.name)
      for (const login of LOGINS) {
        const count = await asUser(sql, user(login).id, async (tx) => {
          const key = relation.name === 'companies' ? 'id' : 'company_id'
          return (await tx`select from ${tx(`${relation.schema}.${relation.name}`)} where ${tx(key)} <> ${COMPANY_A}`)
            .count
        }).catch((error: { code?: string }) => {
          // No right at all is fine, too.
          expect(error.code).toBe('42501')
          return 0
        })
        if (count > 0) seen.push(`${login} sees ${relation.schema}.${relation.name}`)
      }
    }
    expect(empty).toEqual([])
    expect(seen).toEqual([])
  })

  test('R-2: no function tells a user of company A anything of company B, whatever ids it is given', async () => {
    const [foreign] = await sql<{ id: string; name: string }[]>`
      select id, customer_name as name from public.customers where company_id = ${COMPANY_B} limit 1`
    if (foreign === undefined) throw new Error('The seed has no customers.')
    // The id that is sent may come back in a refusal; nothing else of that customer may.
    const secrets = [...(await secretsOfB()).filter((secret) => secret !== foreign.id), foreign.name]
    const askers = [...LOGINS.map((login) => user(login)), user('manager', COMPANY_B)]
    const leaks: string[] = []
    const toldTheirOwn: string[] = []
    for (const routine of await routines()) {
      if (routine.is_trigger) continue
      const list = routine.argument_types.map((type, index) => {
        const value = argumentFor(type, routine.argument_names[index] ?? '', foreign.id)
        return `${value === null ? 'null' : `'${value}'`}::${type}`
      })
      for (const asker of askers) {
        const answer = await asUser(sql, asker.id, async (tx) =>
          JSON.stringify(await tx.unsafe(`select * from ${routine.schema}.${routine.name}(${list.join(', ')})`)),
        ).catch((error: { code?: string; message?: string }) => `${error.code} ${error.message}`)
        const told = secrets.find((secret) => answer.includes(secret))
        if (told === undefined) continue
        if (asker.companyId === COMPANY_B) toldTheirOwn.push(routine.name)
        else leaks.push(`${routine.signature} told ${asker.email} ${told}`)
      }
    }
    // The same questions from inside company B are answered: the probe finds what there is to find.
    expect(toldTheirOwn).toEqual(expect.arrayContaining(['my_companies', 'sync_pull', 'sync_push']))
    expect(leaks).toEqual([])
  })

  test('R-2: a write into company B is refused with the same words as one into a company that never was', async () => {
    const push = (company: string) =>
      asUser(sql, user('owner').id, async (tx) => {
        const [row] = await tx<{ answer: { verdicts: { code: string; message: string }[] } }[]>`
          select public.sync_push(${company}, 'customers', ${JSON.stringify([mutation()])}::text::json) as answer`
        return row?.answer.verdicts.map(({ code, message }) => ({ code, message }))
      })
    const foreign = await push(COMPANY_B)
    expect(foreign).toEqual([{ code: 'forbidden', message: 'You are not a member of this company.' }])
    expect(await push(crypto.randomUUID())).toEqual(foreign)
  })

  test('R-2: taking an id that a customer of company B has is refused without saying whose it is', async () => {
    const [foreign] = await sql<
      { id: string }[]
    >`select id from public.customers where company_id = ${COMPANY_B} limit 1`
    const [row] = await asUser(
      sql,
      user('owner').id,
      (tx) => tx`
      select public.sync_push(${COMPANY_A}, 'customers', ${JSON.stringify([{ ...mutation(), id: foreign?.id }])}::text::json) as answer`,
    )
    expect(row?.answer.verdicts).toMatchObject([{ status: 'rejected', code: 'id_in_use', field: null }])
  })
})

function argumentFor(type: string, name: string, foreignId: string): string | null {
  if (type === 'uuid') return name.includes('company') ? COMPANY_B : foreignId
  if (type === 'text') return name.includes('collection') ? 'customers' : 'update'
  if (type === 'json') return JSON.stringify([{ ...mutation(), op: 'update', base: { name: 'Not so' }, id: foreignId }])
  if (type === 'jsonb') return null
  if (type === 'jsonb[]')
    return `{${JSON.stringify(JSON.stringify({ ...mutation(), op: 'update', base: { name: 'Not so' }, id: foreignId }))}}`
  if (type === 'integer' || type === 'bigint') return '5000'
  if (type === 'text[]') return '{a}'
  if (type === 'uuid[]') return `{${foreignId}}`
  if (type === 'boolean') return 'true'
  if (type === 'bytea') return '\\x00'
  if (type === 'regclass') return 'public.customers'
  if (type === 'timestamp with time zone') return '2026-01-01Z'
  if (type === 'member_role') return 'owner'
  // Rows of our tables: what somebody could make up.
  if (type === 'customers' || type.endsWith('calling_codes')) return null
  if (type.endsWith('member_role[]')) return '{owner}'
  throw new Error(`Say what to give for an argument of type ${type}.`)
}

function mutation() {
  const now = new Date().toISOString()
  return {
    op: 'create',
    mutationId: crypto.randomUUID(),
    id: crypto.randomUUID(),
    editedAt: now,
    createdAt: now,
    source: 'manual',
    changes: { name: 'Probe' },
  }
}

describe('through supabase-js', () => {
  test('R-2: no table or function shows a user of company A a row of company B', async () => {
    const secrets = await secretsOfB()
    const names = (await relations())
      .filter((relation) => relation.schema === 'public')
      .map((relation) => relation.name)
    for (const login of LOGINS) {
      const supabase = await client(server.backend, user(login))
      for (const name of names) {
        const { data } = await supabase.from(name).select('*')
        const text = JSON.stringify(data)
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
      }
      const { data } = await supabase.rpc('my_companies')
      expect(data).toMatchObject([{ companyId: COMPANY_A, role: user(login).role }])
      const pull = await supabase.rpc('sync_pull', {
        p_company: COMPANY_B,
        p_collection: 'customers',
        p_checkpoint: null,
        p_limit: 5000,
      })
      expect(pull.error).toMatchObject({ code: '42501', message: 'You are not a member of this company.' })
    }
  })

  test('R-2: private schemas are not reachable through the API', async () => {
    const supabase = await client(server.backend, user('owner'))
    for (const schema of ['private', 'migrations', 'auth']) {
      const { error } = await supabase.schema(schema).from('users').select('*')
      expect(error).not.toBeNull()
    }
  })

  test('R-2: a stranger with the publishable key reads nothing and calls nothing', async () => {
    const stranger = await client(server.backend)
    for (const { name } of (await relations()).filter((relation) => relation.schema === 'public')) {
      const { data, error } = await stranger.from(name).select('*')
      expect(data, name).toBeNull()
      expect(error?.code, name).toBe('42501')
    }
    for (const routine of (await routines()).filter((one) => one.schema === 'public' && !one.is_trigger)) {
      const { name } = routine
      const parameters = Object.fromEntries(
        routine.argument_names.map((argument, index) => [
          argument,
          argumentFor(routine.argument_types[index] ?? '', argument, crypto.randomUUID()),
        ]),
      )
      const { data, error } = await stranger.rpc(name, parameters)
      expect(data, name).toBeNull()
      expect(error?.code, name).toBe('42501')
    }
  })
})

test('R-2: the role anon may read no table and call no function', async () => {
  const open: string[] = []
  for (const relation of await relations()) {
    const name = `${relation.schema}.${relation.name}`
    await sql
      .begin(async (tx) => {
        await become(tx, 'anon', null)
        await tx`select from ${tx(name)}`
        open.push(name)
      })
      .catch((error: { code?: string }) => expect(error.code).toBe('42501'))
  }
  for (const routine of await routines()) {
    const [row] = await sql<{ may: boolean }[]>`
      select has_function_privilege('anon', ${routine.signature}::regprocedure, 'execute') as may`
    if (row?.may === true) open.push(routine.signature)
  }
  expect(open).toEqual([])
})
