import { beforeAll, describe, expect, test } from 'vitest'
import {
  conversationPageSchema,
  customerPageSchema,
  customerSearchSchema,
  customerWithHistorySchema,
} from '#shared/domain/customer-reads.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import type { SearchableCustomer } from '#shared/search/searchable-customer.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(150)
const { sql } = server
const ids: Record<string, string> = {}
beforeAll(async () => {
  const people = {
    umlaut: {
      name: 'Jürgen Möller',
      email: 'j.moeller@beispiel.de',
      phone: '+49 171 2345678',
      address: 'Hauptstraße 5',
      notes: null,
    },
    plain: {
      name: 'Zacharias Quillfeather',
      email: 'zach@quill.example',
      phone: null,
      address: null,
      notes: 'Collects 100%_wool\\socks',
    },
    twin: { name: 'Zacharias Quillfeather', email: null, phone: '0171 2345679', address: 'Quill Lane 1', notes: null },
    gone: { name: 'Zacharias Gone', email: null, phone: null, address: null, notes: null },
  }
  for (const [key, person] of Object.entries(people)) {
    const [row] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name, customer_email, customer_phone, customer_address, customer_notes)
      values (${COMPANY_A}, ${person.name}, ${person.email}, ${person.phone}, ${person.address}, ${person.notes}) returning id`
    ids[key] = row?.id ?? ''
  }
  await sql`update public.customers set deleted_at = now() where id = ${ids.gone ?? ''}`
  await sql`insert into public.customers (company_id, customer_name) values (${COMPANY_B}, 'Zacharias Quillfeather')`
})

const search = (query: string | null, limit = 20, offset = 0) =>
  asUser(sql, user('analyst').id, async (tx) => {
    const [row] = await tx`select public.search_customers(${COMPANY_A}, ${query}, ${limit}, ${offset}) as answer`
    return customerSearchSchema.parse(row?.answer)
  })
const found = async (query: string) => {
  const { rows, fuzzy } = await search(query)
  return { ids: rows.map((row) => row.id), fuzzy }
}

describe('search', () => {
  test.each([
    ['the beginning of a name', 'jür', 'umlaut'],
    ['without the umlaut', 'jurgen moller', 'umlaut'],
    ['another case, another order', 'MÖLLER  jürgen', 'umlaut'],
    ['an address', 'hauptstrasse', 'umlaut'],
    ['the beginning of an e-mail address', 'J.Moeller@beisp', 'umlaut'],
    ['a part of an e-mail address', 'beispiel', 'umlaut'],
    ['a phone number as dialled at home', '0171 234 5678', 'umlaut'],
    ['a phone number from abroad', '+49 (171) 2345678', 'umlaut'],
    ['the last digits', '345678', 'umlaut'],
    ['words of several fields', 'zacharias wool', 'plain'],
    ['signs that LIKE knows', '100%_wool\\s', 'plain'],
  ])('DB-2: finds by %s: %s', async (_, query, expected) => {
    const answer = await found(query)
    expect(answer.fuzzy).toBe(false)
    expect(answer.ids).toContain(ids[expected])
  })

  test('DB-2: signs that LIKE knows are only signs', async () => {
    for (const query of ['%%%', '___', '\\\\\\', '%zach', 'zach%quill']) {
      expect((await found(query)).fuzzy || (await found(query)).ids.length === 0).toBe(true)
    }
  })

  test('DB-2: names that begin with the query come first, and a typo still finds', async () => {
    const first = await search('quill')
    expect(first.rows.map((row) => row.id).sort()).toEqual([ids.plain, ids.twin].sort())
    const typo = await found('Zacharais Quilfeather')
    expect(typo.fuzzy).toBe(true)
    expect(typo.ids.slice(0, 2).sort()).toEqual([ids.plain, ids.twin].sort())
  })

  test('DB-2: nothing, blanks and nonsense find nothing', async () => {
    for (const query of [null, '', '   ', 'q', 'xqxqxqxq', '+', '000', '@'])
      expect((await search(query)).rows.filter((row) => row.name.toLowerCase().startsWith('x'))).toEqual([])
    expect((await search('')).rows).toEqual([])
    expect((await search('xqxqxqxq')).rows).toEqual([])
  })

  test('DB-2: pages don’t overlap and end', async () => {
    const seen: string[] = []
    for (let offset = 0; ; offset += 7) {
      const page = await search('example', 7, offset)
      seen.push(...page.rows.map((row) => row.id))
      if (!page.more) break
    }
    const all = await sql<{ id: string }[]>`
      select customer_id as id from private.customer_search where company_id = ${COMPANY_A} and search_text like '%example%'`
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.sort()).toEqual(all.map((row) => row.id).sort())
  })

  test('DB-2 PF-10: its text follows edits, deletion and return of a customer; chats and views leave it alone', async () => {
    const [made] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name, customer_email)
      values (${COMPANY_A}, 'Follow Me', 'follow@me.example') returning id`
    const id = made?.id ?? ''
    const versions = () =>
      sql<{ name: string; version: string }[]>`
        select name, xmin::text as version from private.customer_search where customer_id = ${id}`
    const before = await versions()
    expect(before).toMatchObject([{ name: 'follow me' }])
    await sql`insert into public."VC Usage" (company_id, session_id, customer_email) values (${COMPANY_A}, 's', 'follow@me.example')`
    await asUser(
      sql,
      user('analyst').id,
      (tx) => tx`
        insert into public.customer_interactions (company_id, customer_id, interaction_type)
        values (${COMPANY_A}, ${id}, 'view')`,
    )
    expect(await sql`select conversation_count, view_count from public.customers where id = ${id}`).toEqual([
      { conversation_count: 1, view_count: 1 },
    ])
    expect(await versions()).toEqual(before)

    await sql`update public.customers set tags = '{wanderer}' where id = ${id}`
    expect((await found('wanderer')).ids).toEqual([id])
    await sql`update public.customers set deleted_at = now() where id = ${id}`
    expect(await versions()).toEqual([])
    await sql`update public.customers set deleted_at = null where id = ${id}`
    expect((await found('wanderer')).ids).toEqual([id])
  })

  test('SE-1 DB-2: whom the server finds first, a laptop finds first', async () => {
    // Whoever has the word elsewhere, or in the middle of one, comes earlier in the alphabet.
    const people = [
      { name: 'Abel Vorn', address: 'Quastenhof 4' },
      { name: 'Bea Kleinquastenhof', email: 'bea@wildgans.example' },
      { name: 'Cora Quastenhofer', phone: '+49 171 5550199' },
      { name: 'Dora Quastenhof', email: 'dora.q@rotfuchs.example' },
      { name: 'Wildgans Emil', notes: 'Knows Quastenhof' },
      { name: 'Änne Größler', address: 'Am Vornweg 2' },
      { name: 'Thea Mirabellensaft', email: 'info@groessler.example' },
      { name: 'Alma Zinnkraut', address: 'Giselaweg 1' },
      { name: 'Beate Zinnkraut', phone: '+49 171 5550200' },
      { name: 'Bob Eibenholz', address: 'Zinnkraut 3' },
      { name: 'Sandra Wacholder' },
      { name: 'Jürgen Wacholder' },
      { name: 'Robert Zinnkraut', email: 'rz@example.org' },
    ]
    for (const { name, address = null, email = null, phone = null, notes = null } of people) {
      await sql`
        insert into public.customers (company_id, customer_name, customer_address, customer_email, customer_phone, customer_notes)
        values (${COMPANY_A}, ${name}, ${address}, ${email}, ${phone}, ${notes})`
    }
    const index = new CustomerSearchIndex()
    index.upsertMany(
      await sql<SearchableCustomer[]>`
        select id, customer_name as name, customer_email as email, customer_phone as phone,
               customer_address as address, customer_notes as notes, tags
          from public.customers where company_id = ${COMPANY_A} and deleted_at is null`,
    )
    const names = await sql<{ id: string; name: string }[]>`select id, customer_name as name from public.customers`
    const nameOf = (id: string | undefined) => names.find((each) => each.id === id)?.name
    const typed = {
      'the whole name': ['dora quastenhof', 'Dora Quastenhof'],
      'a word of the name, of another field, and the middle of one': ['quastenhof', 'Dora Quastenhof'],
      'the beginning of a word': ['quastenhofe', 'Cora Quastenhofer'],
      'words in any order': ['quastenhof dora', 'Dora Quastenhof'],
      'beginnings in any order': ['quasten cor', 'Cora Quastenhofer'],
      'a name before an e-mail': ['wildgans', 'Wildgans Emil'],
      'a part of an e-mail': ['rotfuchs', 'Dora Quastenhof'],
      'a whole e-mail': ['bea@wildgans.example', 'Bea Kleinquastenhof'],
      'the last digits': ['5550199', 'Cora Quastenhofer'],
      'a number as dialled at home': ['+49 (0)171 555 0199', 'Cora Quastenhofer'],
      'a typing error': ['mirabelensaft', 'Thea Mirabellensaft'],
      'without umlauts': ['anne grossler', 'Änne Größler'],
      'a name before an address': ['vorn', 'Abel Vorn'],
      'a short form of a name, before another field': ['bob zinnkraut', 'Robert Zinnkraut'],
      'a long form': ['robert eibenholz', 'Bob Eibenholz'],
      'a name in several families': ['alex wacholder', 'Sandra Wacholder'],
      'a form spelled in another way': ['joerg wacholder', 'Jürgen Wacholder'],
    } as const
    for (const [kind, [query, first]] of Object.entries(typed)) {
      const local = nameOf(index.search(query).best(5).hits[0]?.customer.id)
      const server = (await search(query)).rows[0]?.name
      expect({ kind, local, server }).toEqual({ kind, local: first, server: first })
    }
  })

  test('R-2: finds no deleted customer and none of another company', async () => {
    const { ids: seen } = await found('zacharias')
    expect(seen.sort()).toEqual([ids.plain, ids.twin].sort())
    const foreign = asUser(
      sql,
      user('owner', COMPANY_B).id,
      (tx) => tx`select public.search_customers(${COMPANY_A}, 'zach')`,
    )
    await expect(foreign).rejects.toMatchObject({ code: '42501', message: 'You are not a member of this company.' })
  })

  test('DB-2: a page’s rows are looked up by index, however many customers there are', async () => {
    const [plan] = await asUser(sql, user('analyst').id, async (tx) => {
      await tx`set local enable_seqscan = off`
      return tx`explain (format json) select w.wire from private.customer_wire w where w.company_id = ${COMPANY_A} and w.id = ${ids.plain ?? ''}`
    })
    expect(JSON.stringify(plan)).toContain('Index')
  })
})

describe('list', () => {
  const list = (sort: string, after: string | null = null, limit = 50, filter: object = {}) =>
    asUser(sql, user('analyst').id, async (tx) => {
      const [row] = await tx`
        select public.list_customers(${COMPANY_A}, ${sort}, ${after}, ${limit}, ${JSON.stringify(filter)}::text::jsonb) as answer`
      return customerPageSchema.parse(row?.answer)
    })

  test.each([
    ['name', 'lower(customer_name), id'],
    ['created', 'created_at desc, id'],
  ])('DB-9: by %s: pages behind one another are the whole list, in order', async (sort, order) => {
    const seen: string[] = []
    let after: string | null = null
    for (;;) {
      const page: Awaited<ReturnType<typeof list>> = await list(sort, after, 11)
      seen.push(...page.rows.map((row) => row.id))
      if (!page.more) break
      after = page.rows.at(-1)?.id ?? null
    }
    const all = await sql.unsafe<{ id: string }[]>(
      `select id from public.customers where company_id = $1 and deleted_at is null order by ${order}`,
      [COMPANY_A],
    )
    expect(seen).toEqual(all.map((row) => row.id))
  })

  test('SE-2: filters', async () => {
    const filters: [object, string][] = [
      [{ hasEmail: true }, 'customer_email is not null'],
      [{ hasPhone: false, hasAddress: true }, 'customer_phone is null and customer_address is not null'],
      [{ source: 'chat' }, "source = 'chat'"],
      [{ ownerId: null }, 'owner_id is null'],
      [{ ownerId: user('sales').id }, `owner_id = '${user('sales').id}'`],
    ]
    for (const [filter, condition] of filters) {
      const rows = await sql.unsafe(
        `select id from public.customers where company_id = $1 and deleted_at is null and ${condition} order by lower(customer_name), id limit 500`,
        [COMPANY_A],
      )
      expect((await list('name', null, 500, filter)).rows.map((row) => row.id)).toEqual(rows.map((row) => row.id))
    }
  })

  test('DB-9: what isn’t understood is refused with a sentence', async () => {
    await expect(list('customer_name; drop table customers')).rejects.toMatchObject({ code: '22023' })
    await expect(list('name', null, 5, { "x' or true": 1 })).rejects.toMatchObject({ code: '22023' })
    await expect(list('name', null, 5, { ownerId: 'x' })).rejects.toMatchObject({ code: '22P02' })
    await expect(list('name', crypto.randomUUID())).rejects.toMatchObject({ code: '22023' })
  })

  test('R-2: injected filters stay values', async () => {
    for (const value of ["' or true --", "x'); drop table public.quotes; --", '$1', '%s', '%L']) {
      expect((await list('name', null, 5, { source: value })).rows).toEqual([])
      expect((await list('name', null, 5, { tag: value })).rows).toEqual([])
      await search(value)
    }
    expect((await sql`select to_regclass('public.quotes') as t`)[0]?.t).toBe('quotes')
  })
})

describe('one customer with history', () => {
  test('DB-9: comes in one round trip, with the last 50 conversations, and older ones behind them', async () => {
    const id = ids.plain ?? ''
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_id, created_at)
      select ${COMPANY_A}, 's' || n, ${id}, timestamptz '2026-01-01Z' + (n / 2) * interval '1 hour' from generate_series(1, 120) n`
    await sql`insert into public.quotes (company_id, customer_id, quote_number, currency, total) values (${COMPANY_A}, ${id}, 'Q-1x', 'EUR', 12.5)`
    await sql`insert into public.customer_interactions (company_id, customer_id, interaction_type) values (${COMPANY_A}, ${id}, 'call')`
    const supabase = await client(server.backend, user('sales'))
    const { data } = await supabase.rpc('get_customer', { p_company: COMPANY_A, p_id: id })
    const loaded = customerWithHistorySchema.parse(data)
    expect(loaded?.customer.id).toBe(id)
    expect(loaded?.conversations).toMatchObject({ more: true, rows: { length: 50 } })
    expect(loaded?.quotes).toMatchObject([{ number: 'Q-1x', total: '12.50' }])
    expect(loaded?.interactions).toMatchObject([{ type: 'call' }])

    // Two at each moment: the pages neither skip nor repeat one.
    const seen = loaded?.conversations.rows.map((row) => row.sessionId) ?? []
    for (let more = true, last = loaded?.conversations.rows.at(-1); more; ) {
      const { data: older } = await supabase.rpc('customer_conversations', {
        p_company: COMPANY_A,
        p_customer: id,
        p_before: last?.createdAt,
        p_before_id: last?.id,
        p_limit: 33,
      })
      const page = conversationPageSchema.parse(older)
      seen.push(...page.rows.map((row) => row.sessionId))
      more = page.more
      last = page.rows.at(-1)
    }
    expect(seen.length).toBe(120)
    expect(new Set(seen).size).toBe(120)
  })

  test('R-2: null for a customer of another company, as for one that never was', async () => {
    const [foreign] = await sql<
      { id: string }[]
    >`select id from public.customers where company_id = ${COMPANY_B} limit 1`
    const get = (id: string, company = COMPANY_A) =>
      asUser(sql, user('owner').id, async (tx) => (await tx`select public.get_customer(${company}, ${id}) as c`)[0]?.c)
    expect(await get(foreign?.id ?? '')).toBeNull()
    expect(await get(crypto.randomUUID())).toBeNull()
    await expect(get(foreign?.id ?? '', COMPANY_B)).rejects.toMatchObject({ code: '42501' })
  })
})
