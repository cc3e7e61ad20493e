import { describe, expect, test } from 'vitest'
import { forEachText, NO_FIELDS } from '#shared/domain/customer.ts'
import { wordsOf } from '#shared/util/words-of.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, callAs, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(8)
const { sql } = server

/** A person whose every value occurs nowhere else, and whom no part of the demo data resembles. */
function person(mark: string) {
  const digits = String(Math.floor(Math.random() * 1e6)).padStart(6, '0')
  return {
    name: `Zqx${mark} Wyvernhold`,
    formerName: `Zqx${mark} Maidenmoor`,
    email: `zqx${mark}@wyvernhold.example`.toLowerCase(),
    formerEmail: `zqx${mark}.old@maidenmoor.example`.toLowerCase(),
    phone: `0491 ${digits.slice(0, 3)} ${digits.slice(3)}`,
    address: `77 Zqx${mark} Esplanade, Yarrawonga`,
    notes: `Zqx${mark} keeps a spare key under the third flowerpot`,
    said: `Hello, Zqx${mark} here about the gutter`,
    word: `Zqx${mark}`,
    phoneDigits: `491${digits}`,
  }
}
type Person = ReturnType<typeof person>

/** Everything by which somebody could be recognised, as patterns: any case, spaces or not in the phone. */
function patternsOf(who: Person): string[] {
  return [who.word, 'wyvernhold.example', 'maidenmoor', who.phoneDigits.split('').join('\\s?'), 'third flowerpot']
}

/**
 * The tables of every schema that show one of the patterns, asked row by row as text: what a dump holds. Of
 * Postgres's own tables one has values of ours, the planner's samples of every column.
 */
async function tablesThatShow(patterns: readonly string[]): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm')
       and (n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') or c.oid = 'pg_statistic'::regclass) order by 1`
  expect(tables.length).toBeGreaterThan(25)
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ n: number }[]>(
      `select count(*)::int as n from ${name} t where t::text ~* any ($1::text[])`,
      [patterns as string[]],
    )
    if ((row?.n ?? 0) > 0) found.push(name)
  }
  return found
}

/**
 * The same, asked of the bytes of every file of tables and indexes. Blind to what Postgres compressed (long
 * texts; as text above they are seen), to the write-ahead log and to backups (docs/gdpr.md).
 */
async function filesThatShow(patterns: readonly string[]): Promise<string[]> {
  const relations = await sql<{ name: string; kind: string }[]>`
    select c.oid::regclass::text as name, c.relkind as kind from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname not in ('pg_catalog', 'information_schema') or c.oid = 'pg_statistic'::regclass)
       and c.relkind in ('r', 'i', 't') and pg_relation_filepath(c.oid) like 'base/%'`
  // Rewrites the tables and their indexes without dead rows, as autovacuum and time do.
  for (const { name } of relations.filter((relation) => relation.kind === 'r')) await sql.unsafe(`vacuum full ${name}`)
  await sql`checkpoint`
  const found: string[] = []
  for (const { name } of relations) {
    const [row] = await sql<{ bytes: Uint8Array }[]>`
      select pg_read_binary_file(pg_relation_filepath(${name}::regclass)) as bytes`
    const text = Buffer.from(row?.bytes ?? []).toString('latin1')
    if (patterns.some((pattern) => new RegExp(pattern, 'i').test(text))) found.push(name)
  }
  return found
}

const owner = user('owner')

const call = <T>(login: string, query: string, ...values: unknown[]) => callAs<T>(sql, login, query, ...values)
const erase = (id: string, login = 'owner', reason = 'requested') =>
  call<{ erased: string[]; conversations: number; lookAt: string[] }>(
    login,
    'public.erase_customer($1, $2, $3)',
    COMPANY_A,
    id,
    reason,
  )

async function insertCustomer(values: Record<string, unknown>): Promise<string> {
  const id = crypto.randomUUID()
  await asUser(sql, owner.id, (tx) => tx`insert into public.customers ${tx({ id, company_id: COMPANY_A, ...values })}`)
  return id
}

/** Puts a person into every table that can hold one, by the product's own ways. */
async function plant(who: Person): Promise<{ customer: string; partner: string; kept: string; chats: number }> {
  // Whatever texts a customer may have: one that the erasure forgets shows.
  const texts = Object.entries(forEachText((field) => `${who.word} ${field}`))
  const customer = await insertCustomer({
    ...Object.fromEntries(texts.map(([field, text]) => [`customer_${wordsOf(field).replaceAll(' ', '_')}`, text])),
    customer_name: who.formerName,
    customer_email: who.formerEmail,
    customer_phone: null,
    customer_address: null,
    customer_notes: who.notes,
    tags: [`${who.word}-tag`],
  })
  // Edits: the log has the values before and after.
  await asUser(sql, owner.id, async (tx) => {
    await tx`
      update public.customers set customer_name = ${who.name}, customer_email = ${who.email}, customer_phone = ${who.phone},
             customer_address = ${who.address} where id = ${customer}`
  })
  // A merge that was undone, so that a partner's log and images show the values, and one that stands.
  const partner = await insertCustomer({ customer_name: 'Partner of a merge' })
  const undone = await call<{ merge: string }>(
    'manager',
    'public.merge_customers($1, $2, $3::uuid[], $4::text::jsonb)',
    COMPANY_A,
    partner,
    `{${customer}}`,
    JSON.stringify({ notes: { combine: true }, email: { from: customer }, address: { value: `c/o ${who.name}` } }),
  )
  await call('manager', 'public.unmerge_customers($1, $2)', COMPANY_A, undone.merge)
  const kept = await insertCustomer({ customer_name: `${who.word} Duplicate`, customer_notes: who.notes })
  await sql`
    insert into public."VC Usage" (company_id, session_id, customer_id, customer_name)
    values (${COMPANY_A}, ${crypto.randomUUID()}, ${kept}, ${`${who.word} Duplicate`})`
  await call('manager', 'public.merge_customers($1, $2, $3::uuid[])', COMPANY_A, customer, `{${kept}}`)

  // Chats by the assistant: they find the customer by themselves, and differ in some values.
  const messages = JSON.stringify([{ role: 'customer', text: who.said, at: '2026-01-01T00:00:00Z' }])
  for (const name of [who.name, `${who.word} W.`, who.formerName]) {
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_name, customer_email, customer_phone, customer_address, summary, messages, user_id)
      values (${COMPANY_A}, ${`session-${who.word}-${name.length}`}, ${name}, ${who.email}, ${who.phone}, ${`${who.address}, rear`},
              ${`${who.name} asks about gutters`}, ${messages}::text::jsonb, gen_random_uuid())`
  }
  // An edit that the sync writes over what the chats themselves had said.
  await asUser(
    sql,
    owner.id,
    (tx) => tx`update public.customers set customer_address = ${`${who.address} 2`} where id = ${customer}`,
  )
  // A chat that waits for a review: somebody took its link away.
  await sql`
    update public."VC Usage" set customer_id = null where customer_id = ${customer} and customer_name = ${`${who.word} W.`}`
  // And one that nothing but name and address tells of.
  await sql`
    insert into public."VC Usage" (company_id, session_id, customer_id, customer_name, customer_address)
    values (${COMPANY_A}, ${`nameless-${who.word}`}, ${customer}, ${who.name}, ${who.address})`
  await sql`update public."VC Usage" set customer_id = null where session_id = ${`nameless-${who.word}`}`
  const [linked] = await sql<{ n: number }[]>`
    select count(*)::int as n from public."VC Usage" where customer_email = ${who.email}`
  await sql`
    insert into public.chat_link_candidates (company_id, chat_id, customer_id, rank, reason)
    select ${COMPANY_A}, id, ${customer}, 1, 'shared_email' from public."VC Usage" where customer_id = ${customer} limit 1
        on conflict do nothing`
  // What the data migration keeps of a chat.
  await sql`
    insert into private.data_migration_backup (company_id, source, row_id, content)
    select company_id, 'VC Usage', id, to_jsonb(h) from public."VC Usage" h where customer_id = ${customer}`
  await sql`
    insert into private.data_migration_chats (company_id, chat_id, identity, email_key)
    select company_id, id, 1, email_key from public."VC Usage" where customer_id = ${customer}`
  await sql`
    insert into public.customer_suggestions (company_id, customer_id, field, value) values (${COMPANY_A}, ${customer}, 'name', ${`${who.word} S.`})
        on conflict do nothing`
  await sql`
    insert into public.customer_interactions (company_id, customer_id, customer_name, session_id, interaction_type)
    values (${COMPANY_A}, ${customer}, ${who.name}, ${`session-${who.word}`}, 'call')`
  await sql`
    insert into public.quotes (company_id, customer_id, quote_number, currency, session_id, line_items)
    values (${COMPANY_A}, ${customer}, ${crypto.randomUUID()}, 'AUD', ${`session-${who.word}`},
            ${JSON.stringify([{ text: `Gutter for ${who.name}`, quantity: 1, unitPrice: 5 }])}::text::jsonb)`
  await asUser(sql, user('sales').id, async (tx) => {
    await tx`
      insert into public.saved_filters (company_id, user_id, name, filter)
      values (${COMPANY_A}, ${user('sales').id}, ${`About ${who.name}`}, ${JSON.stringify({ query: who.email.toUpperCase() })}::text::jsonb)`
    await tx`insert into public.import_batches (company_id, file_name) values (${COMPANY_A}, ${`${who.name}.csv`})`
  })
  await sql`
    insert into public.quote_requests (company_id, customer_id, note) values (${COMPANY_A}, ${customer}, ${`For ${who.name}`})`
  return { customer, partner, kept, chats: linked?.n ?? 0 }
}

describe('DB-8: an erasure', () => {
  test('DB-8: leaves no trace of the person in any table, index, log entry, before-image or ledger', async () => {
    const who = person('Alpha')
    const patterns = patternsOf(who)
    const { customer, partner, kept, chats } = await plant(who)
    expect(chats).toBe(3)
    await sql`analyze`

    // The search finds what there is to find.
    expect(await tablesThatShow(patterns)).toEqual(
      expect.arrayContaining([
        '"VC Usage"',
        'audit_log',
        'customer_interactions',
        'customer_merge_sources',
        'customer_merges',
        'customer_suggestions',
        'customers',
        'import_batches',
        'pg_statistic',
        'private.chat_contact_originals',
        expect.stringMatching(/^private\.customer_search_\d+$/),
        'private.data_migration_backup',
        'private.data_migration_chats',
        'private.merge_moves',
        'quote_requests',
        'quotes',
        'saved_filters',
      ]),
    )

    const answer = await erase(customer)
    expect(answer.erased.sort()).toEqual([customer, kept].sort())
    expect(answer.conversations).toBe(5)
    expect(answer.lookAt).toEqual([partner])
    // The planner's samples of columns go every night.
    expect(await tablesThatShow(patterns)).toEqual(['pg_statistic'])
    await sql`select private.forget_samples()`
    expect(await tablesThatShow(patterns)).toEqual([])
    expect(await filesThatShow(patterns)).toEqual([])

    // What is left is a tombstone, what was sold, and that it happened.
    const [row] = await sql`
      select private.customer_fields(c) as fields, erased_at is not null as erased, deleted_at is not null as deleted
        from public.customers c where id = ${customer}`
    expect(row).toEqual({
      fields: { ...NO_FIELDS, name: 'Erased customer' },
      erased: true,
      deleted: true,
    })
    const [quote] = await sql`select line_items from public.quotes where customer_id = ${customer}`
    expect(quote?.line_items).toEqual([{ text: 'Gutter for [erased]', quantity: 1, unitPrice: 5 }])
    const log = await sql`
      select action, user_name, changes from public.audit_log where customer_id = ${customer} and action in ('erased', 'updated')
       order by id`
    expect(log.at(-1)).toEqual({ action: 'erased', user_name: owner.name, changes: {} })
    expect(log[0]?.changes).toMatchObject({ email: { from: null, to: null, erased: true } })
  })

  test('DB-8: reaches legacy interactions that know no customer, only the session of a chat', async () => {
    const customer = await insertCustomer({ customer_name: 'Zqxlegacy Person' })
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_id, customer_name)
      values (${COMPANY_A}, 'zqx-legacy', ${customer}, 'Zqxlegacy Person')`
    // As a legacy table is: the customer came later.
    await sql`alter table public.customer_interactions alter customer_id drop not null`
    const rows = await sql<{ id: string }[]>`
      insert into public.customer_interactions (company_id, customer_name, session_id, interaction_type)
      values (${COMPANY_A}, 'Zqxlegacy Person', 'zqx-legacy', 'view'), (${COMPANY_A}, 'Somebody Else', 'zqx-legacy', 'view') returning id`
    await erase(customer)
    const left = await sql`
      select customer_name, session_id from public.customer_interactions where customer_id is null order by customer_name`
    await sql`delete from public.customer_interactions where id in ${sql(rows.map(({ id }) => id))}`
    await sql`alter table public.customer_interactions alter customer_id set not null`
    expect(left).toEqual([
      { customer_name: 'Somebody Else', session_id: 'zqx-legacy' },
      { customer_name: null, session_id: null },
    ])
  })

  test('DB-8: values that look like a price, a quotation or a keyword leave the items of a quote readable', async () => {
    const customer = await insertCustomer({
      customer_name: 'Quentin "Zqxq"',
      customer_notes: '1500',
      customer_address: 'text',
    })
    const items = [{ text: 'For Quentin "Zqxq", deposit 1500', quantity: 1, unitPrice: 1500 }]
    await sql`
      insert into public.quotes (company_id, customer_id, quote_number, currency, line_items)
      values (${COMPANY_A}, ${customer}, 'Q-ZQXQ', 'AUD', ${JSON.stringify(items)}::text::jsonb)`
    expect((await erase(customer)).erased).toEqual([customer])
    const [quote] = await sql`select line_items from public.quotes where customer_id = ${customer}`
    expect(quote?.line_items).toEqual([{ text: 'For [erased], deposit [erased]', quantity: 1, unitPrice: 1500 }])
  })

  test('DB-8: does not touch others who share a phone, nor the other company', async () => {
    const who = person('Beta')
    const { customer } = await plant(who)
    const sharing = await insertCustomer({ customer_name: 'Flatmate', customer_phone: who.phone })
    const before = await sql`
      select md5(string_agg(c::text, '' order by c.id)) as customers from public.customers c where company_id = ${COMPANY_B}`
    const waiting = crypto.randomUUID()
    await sql`
      insert into public."VC Usage" (id, company_id, session_id, customer_name, customer_phone, summary)
      values (${waiting}, ${COMPANY_A}, 'flatmate', 'Somebody Else', ${who.phone}, 'Who is it?')`
    await sql`update public."VC Usage" set customer_id = null where id = ${waiting}`
    const answer = await erase(customer)
    const [kept] = await sql`
      select c.customer_phone, c.flagged_erased_at is not null as flagged, v.summary
        from public.customers c, public."VC Usage" v where c.id = ${sharing} and v.id = ${waiting}`
    expect(kept).toEqual({ customer_phone: who.phone, flagged: true, summary: 'Who is it?' })
    // Perhaps the same person under another id: said, not decided.
    expect(answer.lookAt).toContain(sharing)
    expect(
      await sql`
      select md5(string_agg(c::text, '' order by c.id)) as customers from public.customers c where company_id = ${COMPANY_B}`,
    ).toEqual(before)
  })

  test('DB-8: is for ever: nobody edits, restores or unmerges, and a repeat changes nothing', async () => {
    const who = person('Gamma')
    const { customer, kept } = await plant(who)
    await erase(customer)
    expect(await erase(customer)).toEqual({ erased: [], conversations: 0, lookAt: [] })
    for (const id of [customer, kept]) {
      for (const statement of [
        `update public.customers set customer_name = 'Back' where id = '${id}'`,
        `update public.customers set deleted_at = null where id = '${id}'`,
      ]) {
        await expect(asUser(sql, owner.id, (tx) => tx.unsafe(statement))).rejects.toMatchObject({ code: '55000' })
        // Nor the owner of the tables, by mistake.
        await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '55000' })
      }
    }
    const [merge] = await sql<{ id: string }[]>`
      select id from public.customer_merges where target_customer_id = ${customer} and undone_at is null`
    await expect(call('owner', 'public.unmerge_customers($1, $2)', COMPANY_A, merge?.id)).rejects.toMatchObject({
      code: '55000',
      message: expect.stringContaining('erased'),
    })
    const pushed = await call<{ verdicts: { status: string }[] }>(
      'owner',
      `public.sync_push($1, 'customers', $2::text::json)`,
      COMPANY_A,
      JSON.stringify([
        { op: 'restore', mutationId: crypto.randomUUID(), id: customer, editedAt: '2026-01-01T00:00:00Z' },
        {
          op: 'update',
          mutationId: crypto.randomUUID(),
          id: customer,
          editedAt: '2026-01-01T00:00:00Z',
          base: {},
          changes: { name: who.name },
        },
      ]),
    )
    expect(pushed.verdicts.map((verdict) => verdict.status)).not.toContain('applied')
    await sql`select private.forget_samples()`
    expect(await tablesThatShow(patternsOf(who))).toEqual([])
  })

  test.each(['manager', 'sales', 'analyst'])('R-1: %s can not erase', async (login) => {
    const id = await insertCustomer({ customer_name: 'Stays' })
    await expect(erase(id, login)).rejects.toMatchObject({ code: '42501' })
    const supabase = await client(server.backend, user(login))
    const { error } = await supabase.rpc('erase_customer', {
      p_company: COMPANY_A,
      p_customer: id,
      p_reason: 'requested',
    })
    expect(error).toMatchObject({ code: '42501' })
    expect((await sql`select from public.customers where id = ${id} and erased_at is null`).count).toBe(1)
  })

  test('DB-8: refuses a merged customer, a stranger of another company, and a reason in own words', async () => {
    const target = await insertCustomer({ customer_name: 'Live on' })
    const source = await insertCustomer({ customer_name: 'Merged away' })
    await call('manager', 'public.merge_customers($1, $2, $3::uuid[])', COMPANY_A, target, `{${source}}`)
    await expect(erase(source)).rejects.toMatchObject({
      code: '55000',
      message: expect.stringContaining('merged into'),
    })
    await expect(erase(target, 'owner', 'Mrs Miller called')).rejects.toMatchObject({ code: '22023' })
    const [foreign] = await sql<
      { id: string }[]
    >`select id from public.customers where company_id = ${COMPANY_B} limit 1`
    await expect(erase(foreign?.id ?? '')).rejects.toMatchObject({ code: 'P0002' })
  })
})

describe('DB-8: the blocklist', () => {
  test('DB-8: who comes back by hand, by import or by chat is flagged, whatever the spelling', async () => {
    const who = person('Delta')
    const { customer } = await plant(who)
    await erase(customer)
    const sales = user('sales')
    const flaggedOf = async (id: string) =>
      (await sql`select from public.customers where id = ${id} and flagged_erased_at is not null`).count === 1

    const back = await insertCustomer({ customer_name: 'Other name', customer_email: who.email.toUpperCase() })
    expect(await flaggedOf(back)).toBe(true)
    const stranger = await insertCustomer({ customer_name: 'A stranger', customer_email: 'a.stranger@else.example' })
    expect(await flaggedOf(stranger)).toBe(false)

    // An import is a push of creations.
    const rows = [`+61 491 ${who.phoneDigits.slice(3)}`, '0491 570 110'].map((phone) => ({
      op: 'create',
      mutationId: crypto.randomUUID(),
      id: crypto.randomUUID(),
      editedAt: new Date().toISOString(),
      createdAt: new Date().toISOString(),
      source: 'import',
      changes: { name: 'From a list', phone },
    }))
    await asUser(
      sql,
      sales.id,
      (tx) => tx`select public.sync_push(${COMPANY_A}, 'customers', ${JSON.stringify(rows)}::text::json)`,
    )
    expect(await Promise.all(rows.map((row) => flaggedOf(row.id)))).toEqual([true, false])

    // An e-mail that was shown only before the last edit is remembered, too; and name with address.
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_name, customer_email)
      values (${COMPANY_A}, ${crypto.randomUUID()}, 'Comes by chat', ${who.formerEmail})`
    const [byChat] = await sql<
      { id: string }[]
    >`select id from public.customers where customer_email = ${who.formerEmail}`
    expect(await flaggedOf(byChat?.id ?? '')).toBe(true)
    const byAddress = await insertCustomer({
      customer_name: who.name.toUpperCase(),
      customer_address: who.address.replace(',', ' '),
    })
    expect(await flaggedOf(byAddress)).toBe(true)

    // A later edit brings the identity in.
    await asUser(
      sql,
      owner.id,
      (tx) => tx`update public.customers set customer_phone = ${who.phone} where id = ${stranger}`,
    )
    expect(await flaggedOf(stranger)).toBe(true)

    // The other company has its own list.
    const [elsewhere] = await sql<{ flagged: boolean }[]>`
      insert into public.customers (company_id, customer_name, customer_email) values (${COMPANY_B}, 'Elsewhere', ${who.email})
      returning flagged_erased_at is not null as flagged`
    expect(elsewhere?.flagged).toBe(false)
  })

  test('DB-8: an owner settles a flag; it does not come back with the next edit', async () => {
    const who = person('Epsilon')
    await erase(await insertCustomer({ customer_name: who.name, customer_email: who.email }))
    const back = await insertCustomer({ customer_name: who.name, customer_email: who.email })
    const dismiss = (login: string) => call(login, 'public.dismiss_erasure_flag($1, $2)', COMPANY_A, back)
    await expect(dismiss('manager')).rejects.toMatchObject({ code: '42501' })
    await dismiss('owner')
    await asUser(
      sql,
      owner.id,
      (tx) => tx`update public.customers set customer_notes = 'Is back', customer_address = 'New' where id = ${back}`,
    )
    const [row] = await sql`select flagged_erased_at from public.customers where id = ${back}`
    expect(row?.flagged_erased_at).toBeNull()
    await expect(dismiss('owner')).rejects.toMatchObject({ code: 'P0002' })
  })

  test('DB-8: keeps keyed hashes only, under a secret that no role of the API can read', async () => {
    const rows = await sql<{ hash: Uint8Array }[]>`select hash from private.erased_identities`
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.every((row) => row.hash.length === 32)).toBe(true)
    const plain = await sql`
      select from private.erased_identities i where i.hash in (
        select sha256(convert_to('email:' || u.email, 'UTF8')) from auth.users u)`
    expect(plain.count).toBe(0)
    for (const role of ['authenticated', 'service_role', 'anon']) {
      for (const table of ['company_secrets', 'erased_identities']) {
        const [may] = await sql<
          { may: boolean }[]
        >`select has_table_privilege(${role}, ${`private.${table}`}, 'select') as may`
        expect(may?.may).toBe(false)
      }
    }
  })
})

test('DB-8: every device acknowledges; the owner sees which have not', async () => {
  const [laptop, tablet, late] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  await call('sales', 'public.register_device($1, $2, $3)', COMPANY_A, laptop, 'Laptop')
  await call('manager', 'public.register_device($1, $2, $3)', COMPANY_A, tablet, 'Tablet')
  const id = await insertCustomer({ customer_name: 'To be forgotten' })
  await erase(id)
  await call('sales2', 'public.register_device($1, $2, $3)', COMPANY_A, late, 'Bought later')

  // The tombstone that a replica pulls says so.
  const page = await call<{ rows: { id: string; erasedAt: string | null; name: string }[] }>(
    'sales',
    `public.sync_pull($1, 'customers')`,
    COMPANY_A,
  )
  expect(page.rows.find((row) => row.id === id)).toMatchObject({
    name: 'Erased customer',
    erasedAt: expect.any(String),
  })

  const acknowledge = () => call('sales', 'public.acknowledge_erasure($1, $2, $3)', COMPANY_A, id, laptop)
  await acknowledge()
  await acknowledge()
  const status = await call<{ erasure: string; acknowledged: object[]; waiting: object[] }[]>(
    'owner',
    'public.erasure_status($1)',
    COMPANY_A,
  )
  const own = status.find((each) => each.erasure === id)
  expect(own?.acknowledged).toMatchObject([{ device: laptop, user: user('sales').id }])
  expect(own?.waiting).toMatchObject([{ device: tablet, name: 'Tablet' }])
  await expect(call('manager', 'public.erasure_status($1)', COMPANY_A)).rejects.toMatchObject({ code: '42501' })
  await expect(
    call('sales', 'public.acknowledge_erasure($1, $2, $3)', COMPANY_A, crypto.randomUUID(), laptop),
  ).rejects.toMatchObject({ code: 'P0002' })
})

describe('DB-8: the audit log', () => {
  const targets = (id: string) => [
    `update public.audit_log set changes = '{}' where customer_id = '${id}'`,
    `update public.audit_log set changes = private.blank_changes(changes) where customer_id = '${id}'`,
    `update public.audit_log set user_name = 'Nobody' where customer_id = '${id}'`,
    `delete from public.audit_log where customer_id = '${id}'`,
    'truncate public.audit_log',
    'truncate public.audit_log cascade',
  ]

  test('DB-8: nobody rewrites it: no member, not the service role, not the owner of the tables', async () => {
    const id = await insertCustomer({ customer_name: 'Audited' })
    await asUser(
      sql,
      owner.id,
      (tx) => tx`update public.customers set customer_name = 'Audited twice' where id = ${id}`,
    )
    const before = await sql`select md5(string_agg(a::text, '' order by id)) as log from public.audit_log a`
    for (const statement of targets(id)) {
      for (const login of ['owner', 'manager', 'sales', 'analyst']) {
        await expect(asUser(sql, user(login).id, (tx) => tx.unsafe(statement))).rejects.toMatchObject({ code: '42501' })
      }
      for (const role of ['service_role', 'postgres']) {
        await expect(
          sql.begin(async (tx) => {
            await tx`select set_config('role', ${role}, true)`
            await tx.unsafe(statement)
          }),
          `${role}: ${statement}`,
        ).rejects.toMatchObject({ code: '42501' })
      }
    }
    // Nor makes an entry up.
    for (const role of ['authenticated', 'service_role']) {
      const [may] = await sql<
        { may: boolean }[]
      >`select has_table_privilege(${role}, 'public.audit_log', 'insert') as may`
      expect(may?.may).toBe(false)
    }
    expect(await sql`select md5(string_agg(a::text, '' order by id)) as log from public.audit_log a`).toEqual(before)
  })

  test('DB-8: of somebody erased, even the owner of the tables may blank values and nothing else', async () => {
    const id = await insertCustomer({ customer_name: 'Blank me' })
    await erase(id)
    const statements = targets(id).filter((statement) => !statement.includes('blank_changes'))
    for (const statement of [
      ...statements.filter((each) => !each.includes(`changes = '{}'`)),
      `update public.audit_log set changes = '{"name": "Somebody else"}' where customer_id = '${id}'`,
      `update public.audit_log set action = 'created', changes = private.blank_changes(changes) where customer_id = '${id}'`,
      `update public.audit_log set at = now(), changes = private.blank_changes(changes) where customer_id = '${id}'`,
    ]) {
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('DB-8: exports and imports are in it', async () => {
    const supabase = await client(server.backend, user('analyst'))
    const { error } = await supabase.rpc('record_export', { p_company: COMPANY_A, p_format: 'csv', p_rows: 12 })
    expect(error).toBeNull()
    await asUser(sql, user('sales').id, async (tx) => {
      const [batch] = await tx<{ id: string }[]>`
        insert into public.import_batches (company_id, file_name) values (${COMPANY_A}, 'list.csv') returning id`
      await tx`update public.import_batches set undone_at = now() where id = ${batch?.id ?? ''}`
    })
    const log = await sql`
      select action, user_name from public.audit_log where customer_id is null and action in ('exported', 'imported', 'import_undone')
       order by id desc limit 3`
    const [analyst, sales] = [user('analyst').name, user('sales').name]
    expect(log).toEqual([
      { action: 'import_undone', user_name: sales },
      { action: 'imported', user_name: sales },
      { action: 'exported', user_name: analyst },
    ])
    const refused = await (await client(server.backend, user('sales'))).rpc('record_export', {
      p_company: COMPANY_A,
      p_format: 'csv',
      p_rows: 1,
    })
    expect(refused.error).toMatchObject({ code: '42501', message: "Sales can't export customers in this company." })
  })
})
