import postgres, { type Sql } from 'postgres'
import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(20)
const { sql } = server

interface Said {
  readonly name?: string | null
  readonly email?: string | null
  readonly phone?: string | null
  readonly address?: string | null
}

const row = ({ name = null, email = null, phone = null, address = null }: Said, company = COMPANY_A) => ({
  company_id: company,
  session_id: crypto.randomUUID(),
  customer_name: name,
  customer_email: email,
  customer_phone: phone,
  customer_address: address,
})

/** Writes a chat as the assistant does; returns its id. */
async function chat(said: Said, on: Sql = sql): Promise<string> {
  const [made] = await on<{ id: string }[]>`insert into public."VC Usage" ${on(row(said))} returning id`
  return made?.id ?? ''
}

async function customerOf(chatId: string): Promise<string | null> {
  const [found] = await sql<
    { customer_id: string | null }[]
  >`select customer_id from public."VC Usage" where id = ${chatId}`
  return found?.customer_id ?? null
}

async function customer(said: Said, creator = user('manager').id): Promise<string> {
  const [made] = await asUser(
    sql,
    creator,
    (tx) => tx<{ id: string }[]>`
      insert into public.customers (id, company_id, customer_name, customer_email, customer_phone, customer_address, source)
      values (gen_random_uuid(), ${COMPANY_A}, ${said.name ?? 'Nobody'}, ${said.email ?? null}, ${said.phone ?? null}, ${said.address ?? null}, 'manual')
      returning id`,
  )
  return made?.id ?? ''
}

const read = async (id: string) => (await sql`select * from public.customers where id = ${id}`)[0]
const openReview = (chatId: string) =>
  sql<{ reason: string; customer_id: string | null; detail: string | null }[]>`
    select reason, customer_id, detail from public.chat_link_candidates where chat_id = ${chatId} and status = 'open' order by rank`
/** What people did with chats and suggestions, as the log tells it. */
const logOf = (customerId: string) =>
  sql`
    select action, user_name, changes from public.audit_log
     where customer_id = ${customerId} and action similar to '(chat|suggestion)_%' order by id`
const suggestions = (customerId: string) =>
  sql<{ field: string; value: string }[]>`
    select field, value from public.customer_suggestions where customer_id = ${customerId} and status = 'open' order by field, value`

let next = 0
/** A person of whom nothing is known yet. */
function somebody() {
  next += 1
  return {
    name: `Person Number${next}`,
    email: `person${next}@chats.example`,
    phone: `0491 57${String(next).padStart(4, '0')}`,
  }
}

test('DB-4: the first chat makes a customer of what it says, the next ones find it by e-mail, phone in any format, or exact name', async () => {
  const person = somebody()
  const first = await chat(person)
  const id = (await customerOf(first)) ?? ''
  expect(await read(id)).toMatchObject({
    customer_name: person.name,
    customer_email: person.email,
    customer_phone: person.phone,
    source: 'chat',
    created_by_user_name: 'Chat assistant',
    conversation_count: 1,
  })
  for (const said of [
    { email: ` ${person.email.toUpperCase()} ` },
    { phone: `+61 ${person.phone.slice(1)}` },
    { name: person.name.toUpperCase(), phone: `0011 61 ${person.phone.slice(1)}` },
    { name: `  ${person.name.toLowerCase()} ` },
  ]) {
    expect(await customerOf(await chat(said)), JSON.stringify(said)).toBe(id)
  }
  expect(await read(id)).toMatchObject({ conversation_count: 5 })
  const [link] = await sql`select customer_link_source, customer_linked_at from public."VC Usage" where id = ${first}`
  expect(link).toMatchObject({ customer_link_source: 'auto_sync', customer_linked_at: expect.any(Date) })
})

test('DB-4: empty fields are filled, filled ones never written over: what differs is suggested, once', async () => {
  const person = somebody()
  const id = await customer({ name: person.name, email: person.email })
  await chat({ email: person.email, phone: person.phone, address: '1 Mill Lane' })
  expect(await read(id)).toMatchObject({ customer_phone: person.phone, customer_address: '1 Mill Lane' })
  const log = await sql`select user_name from public.audit_log where customer_id = ${id} and action = 'updated'`
  expect(log.map((entry) => entry.user_name)).toEqual(['Chat assistant'])
  const other = { name: 'Somebody Else', email: person.email, phone: '0491 570 999', address: '2 High Street' }
  await chat(other)
  await chat(other)
  expect(await read(id)).toMatchObject({
    customer_name: person.name,
    customer_phone: person.phone,
    customer_address: '1 Mill Lane',
    conversation_count: 3,
  })
  expect(await suggestions(id)).toEqual([
    { field: 'address', value: '2 High Street' },
    { field: 'name', value: 'Somebody Else' },
    { field: 'phone', value: '0491 570 999' },
  ])
})

test('DB-4: a phone that several customers share decides nothing; together with a name it does', async () => {
  const phone = '(02) 9374 4000'
  const [anna, ben] = [
    await customer({ name: 'Anna Household', phone }),
    await customer({ name: 'Ben Household', phone }),
  ]
  const waiting = await chat({ phone })
  expect(await customerOf(waiting)).toBeNull()
  expect((await openReview(waiting)).map((one) => one.customer_id).toSorted()).toEqual([anna, ben].toSorted())
  expect((await openReview(waiting)).every((one) => one.reason === 'shared_phone')).toBe(true)
  expect(await customerOf(await chat({ phone, name: 'B. Household' }))).toBe(ben)
})

test('DB-4: two people of one name are never guessed; a third one with an own e-mail is somebody new', async () => {
  const [one, two] = [await customer({ name: 'John Twin' }), await customer({ name: 'John Twin' })]
  const waiting = await chat({ name: 'john twin' })
  expect(await customerOf(waiting)).toBeNull()
  expect((await openReview(waiting)).map((item) => item.customer_id).toSorted()).toEqual([one, two].toSorted())
  const known = await customer({ name: 'Jane Known', email: 'jane@known.example' })
  const fresh = await customerOf(await chat({ name: 'Jane Known', email: 'another.jane@chats.example' }))
  expect(fresh).not.toBeNull()
  expect(fresh).not.toBe(known)
})

test('DB-4: a phone with another name and another e-mail waits for a person', async () => {
  const person = somebody()
  const id = await customer(person)
  const waiting = await chat({ name: 'Zed Quite-Different', email: 'zed@different.example', phone: person.phone })
  expect(await customerOf(waiting)).toBeNull()
  expect(await openReview(waiting)).toEqual([{ reason: 'phone_of_another', customer_id: id, detail: null }])
})

test("DB-4: whoever says nothing makes no customer; what can't be read waits", async () => {
  const before = await sql`select from public.customers`
  const silent = await chat({ name: 'Guest', email: '', phone: ' ' })
  const unreadable = await chat({ email: 'anna at example', phone: '12' })
  expect(await openReview(silent)).toEqual([])
  expect(await openReview(unreadable)).toMatchObject([{ reason: 'no_contact', customer_id: null }])
  expect((await sql`select from public.customers`).count).toBe(before.count)
})

test('DB-4: contact data that comes later links the chat; a later change fills or suggests', async () => {
  const person = somebody()
  const id = await chat({})
  await sql`update public."VC Usage" set customer_email = ${person.email} where id = ${id}`
  const made = (await customerOf(id)) ?? ''
  expect(await read(made)).toMatchObject({ customer_name: person.email, conversation_count: 1 })
  await sql`update public."VC Usage" set customer_name = ${person.name}, customer_phone = ${person.phone} where id = ${id}`
  expect(await read(made)).toMatchObject({ customer_name: person.name, customer_phone: person.phone })
  await sql`update public."VC Usage" set customer_email = 'changed@chats.example' where id = ${id}`
  expect(await read(made)).toMatchObject({ customer_email: person.email })
  expect(await suggestions(made)).toEqual([{ field: 'email', value: 'changed@chats.example' }])
})

test('DB-4: an edit of the customer reaches the denormalised columns of its chats, and nothing loops', async () => {
  const person = somebody()
  const [one, two] = [await chat(person), await chat({ email: person.email })]
  const id = (await customerOf(one)) ?? ''
  await asUser(
    sql,
    user('manager').id,
    (tx) => tx`update public.customers set customer_name = 'New Name', customer_phone = null where id = ${id}`,
  )
  expect(
    await sql`select customer_name, customer_email, customer_phone from public."VC Usage" where id = any (${[one, two]})`,
  ).toEqual([
    { customer_name: 'New Name', customer_email: person.email, customer_phone: null },
    { customer_name: 'New Name', customer_email: person.email, customer_phone: null },
  ])
  expect(await read(id)).toMatchObject({ customer_name: 'New Name', customer_phone: null, conversation_count: 2 })
  expect(await suggestions(id)).toEqual([])
  const [depth] = await sql<{ n: number }[]>`
    select count(*)::int as n from public.audit_log where customer_id = ${id} and action = 'updated'`
  expect(depth?.n).toBe(1)
})

test('DB-4: 300 pairs of simultaneous chats of new persons over 8 connections: no duplicate, no error, no deadlock', async () => {
  const pool = postgres(server.backend.postgresUrl, { max: 8, onnotice: () => {} })
  const failures: unknown[] = []
  try {
    const pairs = Array.from({ length: 300 }, (_, index) => {
      const whole = {
        name: `Racer R${index}`,
        email: `racer${index}@race.example`,
        phone: `0492 ${String(100_000 + index)}`,
      }
      // Both the same, one by e-mail and one by phone and both, by phone only, by name only.
      const kinds: readonly (readonly [Said, Said])[] = [
        [whole, whole],
        [whole, { phone: whole.phone }],
        [{ email: whole.email }, { email: whole.email, name: whole.name }],
        [{ name: whole.name }, { name: whole.name }],
      ]
      return kinds[index % kinds.length] ?? [whole, whole]
    })
    let taken = 0
    const worker = async () => {
      for (let pair = pairs[taken++]; pair !== undefined; pair = pairs[taken++]) {
        await Promise.all(pair.map((said) => chat(said, pool).catch((error) => failures.push(error))))
      }
    }
    await Promise.all([worker(), worker(), worker(), worker()])
  } finally {
    await pool.end()
  }
  const [made] = await sql<{ customers: number; emails: number; chats: number; unlinked: number; reviews: number }[]>`
    select count(*)::int as customers, sum(conversation_count)::int as chats,
           (select count(*)::int from public.chat_link_candidates where reason in ('busy', 'error')) as reviews
      from public.customers
     where customer_name like 'Racer R%' or customer_email like 'racer%@race.example' or customer_phone like '0492 1%'`
  console.log(
    `race: ${made?.customers} customers of 300 persons, ${made?.chats} chats, ${failures.length} errors, ${made?.reviews} left behind`,
  )
  expect(failures).toEqual([])
  expect(made).toEqual({ customers: 300, chats: 600, reviews: 0 })
})

test('DB-4: batches of the same new persons in opposite order: no duplicate, no error', async () => {
  const batches = Array.from({ length: 15 }, (_, round) => {
    const people = Array.from({ length: 20 }, (_, index) => ({
      name: `Batch B${round} N${index}`,
      email: `b${round}n${index}@batch.example`,
      phone: `0493 ${String(100_000 + round * 20 + index)}`,
    }))
    return [people, people.toReversed()]
  })
  const insert = (people: readonly Said[]) =>
    sql`insert into public."VC Usage" ${sql(people.map((person) => row(person)))}`
  for (const pair of batches) await Promise.all(pair.map(insert))
  const [made] = await sql<{ customers: number; persons: number }[]>`
    select count(*)::int as customers, count(distinct email_key)::int as persons
      from public.customers where email_key like '%@batch.example'`
  expect(made).toEqual({ customers: 300, persons: 300 })
  expect(await sql`select from public.chat_link_candidates where reason in ('busy', 'error')`).toHaveLength(0)
})

test('DB-4: transactions whose statements cross each other deadlock neither the assistant nor a person', async () => {
  const [a, b] = [somebody(), somebody()]
  const pool = postgres(server.backend.postgresUrl, { max: 2, onnotice: () => {} })
  const inOrder = (first: Said, second: Said) =>
    pool.begin(async (tx) => {
      await tx`insert into public."VC Usage" ${tx(row(first))}`
      await new Promise((done) => setTimeout(done, 150))
      await tx`insert into public."VC Usage" ${tx(row(second))}`
    })
  await Promise.all([inOrder(a, b), inOrder(b, a)])
  await pool.end()
  // Whoever gave way left its chat behind; the sweep links it.
  await sql`select private.link_waiting_chats('00000000-0000-0000-0000-000000000000', 500)`
  const chats = await sql<{ customer_email: string; customers: number }[]>`
    select customer_email, count(distinct customer_id)::int as customers from public."VC Usage"
     where customer_email in (${a.email}, ${b.email}) group by 1`
  expect(chats.map((one) => one.customers)).toEqual([1, 1])
  expect(
    await sql`select from public."VC Usage" where customer_email in (${a.email}, ${b.email}) and customer_id is null`,
  ).toHaveLength(0)
})

test("DB-4: an error of ours never fails the assistant's INSERT; the chat waits with the reason, the others are linked", async () => {
  const [good, bad] = [somebody(), somebody()]
  await sql.unsafe(`
    create function public.test_fault() returns trigger language plpgsql as $$
    begin raise exception 'no' using errcode = '23514', constraint = 'test_fault'; end $$;
    create trigger test_fault before insert on public.customers for each row
      when (new.customer_email = '${bad.email}') execute function public.test_fault()`)
  try {
    await sql`insert into public."VC Usage" ${sql([row(good), row(bad)])}`
  } finally {
    await sql.unsafe('drop trigger test_fault on public.customers; drop function public.test_fault()')
  }
  const chats = await sql<{ id: string; customer_id: string | null; customer_email: string }[]>`
    select id, customer_id, customer_email from public."VC Usage" where customer_email in (${good.email}, ${bad.email})`
  const linked = chats.find((one) => one.customer_email === good.email)
  const waiting = chats.find((one) => one.customer_email === bad.email)
  expect(linked?.customer_id).not.toBeNull()
  expect(waiting?.customer_id).toBeNull()
  expect(await openReview(waiting?.id ?? '')).toEqual([
    { reason: 'error', customer_id: null, detail: '23514 test_fault' },
  ])
})

test('DB-4: customers may share an e-mail on purpose; a chat with it then waits', async () => {
  const email = 'family@shared.example'
  const [one, two] = [await customer({ name: 'Mia Family', email }), await customer({ name: 'Leo Family', email })]
  const waiting = await chat({ email })
  expect(await customerOf(waiting)).toBeNull()
  expect((await openReview(waiting)).map((item) => item.customer_id).toSorted()).toEqual([one, two].toSorted())
  expect(await customerOf(await chat({ email, name: 'Leo Family' }))).toBe(two)
})

test('DB-4: the review queue shows ranked candidates; linking settles, unlinking brings back what the chat said', async () => {
  const email = 'queue@shared.example'
  const [one] = [await customer({ name: 'Queue One', email }), await customer({ name: 'Queue Two', email })]
  const waiting = await chat({ email, phone: '0494 123 456' })
  const manager = user('manager').id
  const review = () =>
    asUser(
      sql,
      manager,
      async (tx) =>
        (await tx<{ items: { chatId: string }[] }[]>`select public.chats_to_review(${COMPANY_A}) as items`)[0]?.items,
    )
  expect(await review()).toContainEqual(
    expect.objectContaining({
      chatId: waiting,
      reason: 'shared_email',
      candidates: expect.arrayContaining([expect.objectContaining({ customerId: one })]),
    }),
  )
  await asUser(sql, manager, (tx) => tx`select public.link_chat(${COMPANY_A}, ${waiting}, ${one})`)
  expect(await read(one)).toMatchObject({ conversation_count: 1, customer_phone: '0494 123 456' })
  expect((await review())?.some((item) => item.chatId === waiting)).toBe(false)
  expect((await sql`select customer_link_source as source from public."VC Usage" where id = ${waiting}`)[0]).toEqual({
    source: 'manual',
  })

  await asUser(sql, manager, (tx) => tx`update public.customers set customer_phone = '0494 999 999' where id = ${one}`)
  await asUser(sql, manager, (tx) => tx`select public.unlink_chat(${COMPANY_A}, ${waiting})`)
  const [unlinked] = await sql`select customer_id, customer_phone from public."VC Usage" where id = ${waiting}`
  expect(unlinked).toEqual({ customer_id: null, customer_phone: '0494 123 456' })
  expect(await read(one)).toMatchObject({ conversation_count: 0, last_seen_at: null })
  expect(await openReview(waiting)).toMatchObject([{ reason: 'unlinked_by_hand' }])
  expect(await logOf(one)).toEqual([
    { action: 'chat_linked', user_name: user('manager').name, changes: { conversation: { from: null, to: waiting } } },
    {
      action: 'chat_unlinked',
      user_name: user('manager').name,
      changes: { conversation: { from: waiting, to: null } },
    },
  ])
})

test('DB-4: a chat that somebody links elsewhere while it is unlinked stays linked, and waits for nobody', async () => {
  const [from, to] = [await customer({ name: 'Moved From' }), await customer({ name: 'Moved To' })]
  const manager = user('manager').id
  const moved = await chat({})
  await asUser(sql, manager, (tx) => tx`select public.link_chat(${COMPANY_A}, ${moved}, ${from})`)
  let unlinked: Promise<unknown> = Promise.resolve()
  await asUser(sql, manager, async (tx) => {
    await tx`select public.link_chat(${COMPANY_A}, ${moved}, ${to})`
    unlinked = asUser(sql, user('owner').id, (other) => other`select public.unlink_chat(${COMPANY_A}, ${moved})`).catch(
      (error: unknown) => error,
    )
    await expect
      .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%unlink_chat%'`)
      .toHaveLength(1)
  })
  expect(await unlinked).toMatchObject({ code: '55000', message: expect.stringMatching(/^Somebody linked/) })
  expect(await customerOf(moved)).toBe(to)
  expect(await openReview(moved)).toEqual([])
})

test('R-1: sales link conversations to customers they may edit only, analysts none, strangers see nothing', async () => {
  const sales = user('sales').id
  const mine = await customer({ name: 'Mine' }, sales)
  const others = await customer({ name: 'Of Others' })
  const id = await chat({ phone: '77' })
  const link = (who: string, to: string, company = COMPANY_A) =>
    asUser(sql, who, (tx) => tx`select public.link_chat(${company}, ${id}, ${to})`).then(
      () => 'linked',
      (error: { code: string; message: string }) => `${error.code} ${error.message}`,
    )
  expect(await link(sales, others)).toBe('42501 Sales can only link conversations of customers they own or created.')
  expect(await link(user('analyst').id, mine)).toBe("42501 Analyst can't link conversations in this company.")
  expect(await link(user('owner', COMPANY_B).id, mine)).toBe('42501 You are not a member of this company.')
  expect(await link(user('owner', COMPANY_B).id, mine, COMPANY_B)).toBe(
    'P0002 This customer is not in this company any more.',
  )
  expect(await link(sales, mine)).toBe('linked')
  // Away from somebody else's customer, they may not either.
  expect(await link(user('manager').id, others)).toBe('linked')
  expect(await link(sales, mine)).toMatch(/^42501 Sales can only move/)
  expect((await logOf(mine)).map((entry) => entry.action)).toEqual(['chat_linked', 'chat_unlinked'])
})

test('DB-4: a suggestion is accepted as an edit of whoever accepts it, or dismissed for good', async () => {
  const person = somebody()
  const id = await customer(person)
  await chat({ email: person.email, phone: '0495 111 111', address: '9 New Road' })
  await chat({ email: person.email, phone: '0495 222 222' })
  const open = await sql<{ id: string; value: string }[]>`
    select id, value from public.customer_suggestions where customer_id = ${id} and field = 'phone' order by value`
  const manager = user('manager')
  const settle = (suggestion: string | undefined, accept: boolean) =>
    asUser(sql, manager.id, (tx) => tx`select public.settle_suggestion(${COMPANY_A}, ${suggestion ?? ''}, ${accept})`)
  await settle(open[0]?.id, true)
  await settle(open[1]?.id, false)
  expect(await read(id)).toMatchObject({ customer_phone: '0495 111 111', field_edits: { phone: { by: manager.id } } })
  await chat({ email: person.email, phone: '0495 222 222' })
  expect(await suggestions(id)).toEqual([])
  expect(await logOf(id)).toMatchObject([
    { action: 'suggestion_accepted', user_name: manager.name, changes: { suggestion: { to: open[0]?.id } } },
    { action: 'suggestion_dismissed', user_name: manager.name, changes: { suggestion: { to: open[1]?.id } } },
  ])
})

test('DB-3: customer_sync_status tells each company its own rate', async () => {
  const [mine] = await asUser(sql, user('analyst').id, (tx) => tx`select * from public.customer_sync_status`)
  const [truth] = await sql`
    select count(*)::text as chats, count(customer_id)::text as linked,
           count(*) filter (where customer_id is null)::text as unlinked
      from public."VC Usage" where company_id = ${COMPANY_A}`
  expect(mine).toMatchObject({ company_id: COMPANY_A, ...truth })
  expect(Number(mine?.rate)).toBeGreaterThan(0.9)
  expect(Number(mine?.awaiting_review)).toBeGreaterThan(3)
})

test('DB-3: find_or_create_customer_from_chat answers the service role, and nobody else', async () => {
  const person = somebody()
  await sql`select private.set_chat_sync(false)`
  const id = await chat(person)
  await sql`select private.set_chat_sync(true)`
  expect(await customerOf(id)).toBeNull()
  const ask = (on: Pick<Sql, 'unsafe'>) =>
    on.unsafe(`select public.find_or_create_customer_from_chat('${COMPANY_A}', '${id}') as answer`)
  await expect(asUser(sql, user('owner').id, (tx) => ask(tx))).rejects.toMatchObject({ code: '42501' })
  const answer = await sql.begin(async (tx) => {
    await tx`select set_config('role', 'service_role', true)`
    return (await ask(tx))[0]?.answer
  })
  expect(answer).toEqual({ customerId: await customerOf(id), reason: 'linked', candidates: [] })
  expect(await customerOf(id)).not.toBeNull()
})

test('PF-10: a chat reads no more rows when thousands wait for somebody to decide', async () => {
  const phone = '0496 000 000'
  await customer({ name: 'Ida Waiting', phone })
  await customer({ name: 'Uwe Waiting', phone })
  await sql`insert into public."VC Usage" ${sql(Array.from({ length: 1_500 }, () => row({ phone })))}`
  // A connection of its own plans with what is known now.
  const one = postgres(server.backend.postgresUrl, { max: 1, onnotice: () => {} })
  const taken = await one.begin(async (tx) => {
    for (let chats = 0; chats < 10; chats++) await tx`insert into public."VC Usage" ${tx(row(somebody()))}`
    const [found] = await tx<{ rows: number }[]>`
      select sum(seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_all_tables
       where relname in ('VC Usage', 'chat_link_candidates')`
    return found?.rows
  })
  await one.end()
  expect(taken).toBeGreaterThan(0)
  expect(taken).toBeLessThan(500)
})

test('DB-6: a chat that changes while its customer is merged fails neither; what it said is taken over afterwards', async () => {
  const pool = postgres(server.backend.postgresUrl, { max: 2, onnotice: () => {} })
  const outcomes: string[] = []
  for (let round = 0; round < 4; round++) {
    const [source, target] = [somebody(), await customer(somebody())]
    const talking = await chat(source)
    const from = (await customerOf(talking)) ?? ''
    let merge: Promise<unknown> = Promise.resolve()
    await pool.begin(async (tx) => {
      await tx`select from public."VC Usage" where id = ${talking} for no key update`
      merge = asUser(
        pool,
        user('manager').id,
        (other) => other`select public.merge_customers(${COMPANY_A}, ${target}, ${[from]}, '{}')`,
      ).then(
        () => outcomes.push('merged'),
        (error: { code: string }) => outcomes.push(error.code),
      )
      // It holds both customers, and waits for the conversation.
      await expect
        .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%merge_customers%'`)
        .toHaveLength(1)
      await tx`update public."VC Usage" set customer_address = ${`${round} Race Street`} where id = ${talking}`
    })
    await merge
    expect(outcomes).toEqual(Array.from({ length: round + 1 }, () => 'merged'))
    expect(await customerOf(talking)).toBe(target)
    expect(await openReview(talking)).toEqual([{ reason: 'busy', customer_id: null, detail: '55P03' }])
    await sql`select private.link_waiting_chats('00000000-0000-0000-0000-000000000000', 500)`
    expect(await openReview(talking)).toEqual([])
    expect(await read(target)).toMatchObject({ customer_address: `${round} Race Street`, conversation_count: 1 })
  }
  await pool.end()
})

test.each(['moved to another customer', 'unlinked'])(
  'DB-4: a chat that is %s while its customer is locked is counted afterwards, on both sides',
  async (how) => {
    const [from, to] = [await customer({ name: 'Counted From' }), await customer({ name: 'Counted To' })]
    const counts = async () => [(await read(from))?.conversation_count, (await read(to))?.conversation_count]
    const talking = await chat({})
    await sql`update public."VC Usage" set customer_id = ${from} where id = ${talking}`
    expect(await counts()).toEqual([1, 0])
    const target = how === 'unlinked' ? null : to
    await sql.begin(async (tx) => {
      await tx`select from public.customers where id = ${from} for no key update`
      await sql`update public."VC Usage" set customer_id = ${target} where id = ${talking}`
    })
    expect(await counts(), 'it gave way').toEqual([1, 0])
    await sql`select private.link_waiting_chats('00000000-0000-0000-0000-000000000000', 500)`
    expect(await counts()).toEqual(target === null ? [0, 0] : [0, 1])
    expect(await sql`select from private.waiting_counts`).toHaveLength(0)
  },
)

test.each([
  ['whom chats have known', true],
  ['of whom no chat has known yet', false],
])('DB-8: a chat of somebody %s, in the middle of their erasure, becomes a flagged new customer', async (_, known) => {
  const person = somebody()
  const erased = known ? ((await customerOf(await chat(person))) ?? '') : await customer(person)
  let arriving: Promise<string> = Promise.resolve('')
  await asUser(sql, user('owner').id, async (tx) => {
    await tx`select public.erase_customer(${COMPANY_A}, ${erased}, 'requested')`
    arriving = chat(person)
    await expect
      .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%VC Usage%'`)
      .not.toHaveLength(0)
  })
  const id = await arriving
  expect(await openReview(id)).toEqual([])
  const made = (await customerOf(id)) ?? ''
  expect(made).not.toBe(erased)
  expect(await read(made)).toMatchObject({ customer_email: person.email, flagged_erased_at: expect.any(Date) })
})
