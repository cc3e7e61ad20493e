import postgres, { type Sql } from 'postgres'
import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, callAs, user } from '../embedded/testing/test-backend.ts'

// What docs/administrator.md says about growing past one server, asked of the catalogue or tried.

const server = await suiteBackend(12)
const { sql } = server

/** Without the partitions: they follow their table. */
const TABLES = `
  select c.oid, c.oid::regclass::text as name,
         exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id') as of_company
    from pg_class c
   where c.relkind in ('r', 'p') and not c.relispartition
     and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)`

test('DB-10: a company can lie on one node: its id is in every table of a company, and in every key between two', async () => {
  const whole = await sql.unsafe<{ name: string }[]>(`select name from (${TABLES}) t where not of_company order by 1`)
  // Small, and the same for all: copied to every node.
  expect(whole.map(({ name }) => name)).toEqual([
    'companies',
    'private.calling_codes',
    'private.given_names',
    'private.legacy_shapes',
    'private.session_devices',
    'private.sync_epoch',
  ])
  const loose = await sql.unsafe(`
    select t.name from (${TABLES}) t join pg_attribute a on a.attrelid = t.oid and a.attname = 'company_id' and not a.attnotnull
    union all
    select f.conname from pg_constraint f join (${TABLES}) a on a.oid = f.conrelid join (${TABLES}) b on b.oid = f.confrelid
     where f.contype = 'f' and a.of_company and b.of_company
       and not ((select attnum from pg_attribute where attrelid = f.conrelid and attname = 'company_id') = any (f.conkey)
            and (select attnum from pg_attribute where attrelid = f.confrelid and attname = 'company_id') = any (f.confkey))`)
  expect(loose).toEqual([])
})

/** Unique keys of tables of a company that do not hold its id, and the columns of each. */
function narrowKeys(on: Pick<Sql, 'unsafe'>) {
  return on.unsafe<{ table: string; index: string; columns: string; isPrimary: boolean }[]>(`
    select t.name as table, i.indexrelid::regclass::text as index, i.indisprimary as "isPrimary",
           (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
             where attrelid = t.oid and attnum = any (i.indkey)) as columns
      from pg_index i join (${TABLES}) t on t.oid = i.indrelid
     where i.indisunique and t.of_company
       and not (select attnum from pg_attribute where attrelid = t.oid and attname = 'company_id') = any (i.indkey)
     order by 1, 2`)
}

test('DB-10: the keys without the company are those that the administrator is told, and can be widened on full tables', async () => {
  const narrow = await narrowKeys(sql)
  const others = narrow.filter(({ columns }) => columns !== 'id').map(({ table, columns }) => `${table} (${columns})`)
  expect(others).toEqual([
    'invitations (token_hash)',
    'private.judged_mutations (user_id, mutation_id)',
    'private.merge_moves (seq)',
  ])
  expect(narrow.length - others.length).toBe(13)

  await sql
    .begin(async (tx) => {
      for (const { table, index, columns, isPrimary } of narrow) {
        const name = index.split('.').at(-1)
        await tx.unsafe(`alter table ${table} drop constraint ${name}`)
        await tx.unsafe(`alter table ${table} add ${isPrimary ? 'primary key' : 'unique'} (company_id, ${columns})`)
      }
      expect(await narrowKeys(tx)).toEqual([])
      throw new Error('tried')
    })
    .catch((error: Error) => expect(error.message).toBe('tried'))
})

/** Words that leave something behind in the session, where the next transaction may belong to somebody else. */
const KEEPS_STATE =
  /\bpg_(try_)?advisory_lock|set_config\s*\([^;]*,\s*false\s*\)|\bcreate\s+(local\s+|global\s+)?temp|\bprepare\s+\w+\s*(\(|as\b)|\blisten\s+\w|\bwith\s+hold\b|;\s*set\s+(session|role|search_path)\b/i

test('DB-10: nothing in the schema keeps state in a session, so that a pooler may hand on connections after each transaction', async () => {
  for (const planted of [
    'perform pg_advisory_lock(1);',
    "perform set_config('a.b', 'c', false);",
    'create temporary table t (id int);',
    'null; set role postgres;',
    'declare c cursor with hold for select 1;',
  ]) {
    expect(planted).toMatch(KEEPS_STATE)
  }
  const functions = await sql<{ name: string; source: string }[]>`
    select oid::regprocedure::text as name, prosrc as source from pg_proc
     where pronamespace in ('public'::regnamespace, 'private'::regnamespace)`
  expect(functions.length).toBeGreaterThan(50)
  expect(functions.filter(({ source }) => KEEPS_STATE.test(source)).map(({ name }) => name)).toEqual([])
})

test('DB-10: sync runs over connections that change at each transaction, without prepared statements', async () => {
  // As behind a pooler in transaction mode: no statement is prepared, and the next call finds another session.
  const sessions = [0, 1].map(() =>
    postgres(server.backend.postgresUrl, { max: 1, prepare: false, onnotice: () => {} }),
  )
  let turn = 0
  const call = <T>(query: string, ...values: unknown[]): Promise<T> => {
    turn += 1
    return callAs<T>(sessions[turn % 2] ?? sql, 'owner', query, ...values)
  }
  try {
    const at = new Date().toISOString()
    const pages = 'public.sync_pull($1, $2, $3::text::jsonb, 1000)'
    const first = await call<{ checkpoint: object }>(pages, COMPANY_A, 'customers', null)
    const ids = [crypto.randomUUID(), crypto.randomUUID()]
    const made = ids.map((id) => ({
      op: 'create',
      mutationId: crypto.randomUUID(),
      id,
      editedAt: at,
      createdAt: at,
      source: 'manual',
      changes: { name: 'Pooled Person' },
    }))
    const push = 'public.sync_push($1, $2, $3::text::json)'
    expect(await call(push, COMPANY_A, 'customers', JSON.stringify(made))).toMatchObject({
      verdicts: [{ status: 'applied' }, { status: 'applied' }],
    })
    const next = await call<{ rows: { id: string }[] }>(pages, COMPANY_A, 'customers', JSON.stringify(first.checkpoint))
    expect(next.rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    for (const session of sessions) {
      const [left] = await session`
        select current_user = session_user as own,
               (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())
             + (select count(*)::int from pg_prepared_statements) + (select count(*)::int from pg_cursors where is_holdable)
             + (select count(*)::int from pg_class where relnamespace = pg_my_temp_schema()) as things,
               coalesce(current_setting('request.jwt.claims', true), '') as claims`
      expect(left).toEqual({ own: true, things: 0, claims: '' })
    }
  } finally {
    for (const session of sessions) await session.end()
  }
})

/** What the guide sends to a read replica: all reads but those of the sync, which follow the primary's transactions. */
const FOR_REPLICAS = [
  'chats_to_review',
  'company_devices',
  'company_log',
  'customer_conversations',
  'erasure_status',
  'get_customer',
  'list_customers',
  'members_and_invitations',
  'my_companies',
  'privacy_overview',
  'search_customers',
]

test('DB-10: what may go to a read replica is all that reads, and writes nothing', async () => {
  const [customer] = await sql<{ id: string }[]>`
    select id from public.customers where company_id = ${COMPANY_A} and deleted_at is null limit 1`
  const reads = await sql<{ name: string; needed: string[] }[]>`
    select proname as name, coalesce(proargnames[1:pronargs - pronargdefaults], '{}') as needed from pg_proc
     where pronamespace = 'public'::regnamespace and provolatile <> 'v' and proname not like 'sync_%' order by 1`
  expect(reads.map(({ name }) => name)).toEqual(FOR_REPLICAS)
  const given: Readonly<Record<string, string | undefined>> = {
    p_company: COMPANY_A,
    p_customer: customer?.id,
    p_id: customer?.id,
    p_query: 'an',
  }
  for (const { name, needed } of reads) {
    const slots = needed.map((parameter, at) => `${parameter} => $${at + 1}`).join(', ')
    const answer = asUser(sql, user('owner').id, async (tx) => {
      await tx`set transaction read only`
      const values = needed.map((parameter) => given[parameter] ?? '')
      return (await tx.unsafe(`select count(*) from public.${name}(${slots})`, values)).length
    })
    await expect(answer, name).resolves.toBe(1)
  }
})
