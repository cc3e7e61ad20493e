import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { COMPANY_A, COMPANY_B, callAs } from '../embedded/testing/test-backend.ts'

const CUSTOMERS = 3_000

const { sql } = await suiteBackend(0)
beforeAll(async () => {
  // Three of four are national.
  await sql`
    insert into public.customers (company_id, customer_name, customer_phone)
    select ${COMPANY_A}, 'Customer ' || n,
           case when n % 4 = 0 then '+44 20 7946 ' || lpad(n::text, 4, '0') else '03 9' || lpad(n::text, 7, '0') end
      from generate_series(1, ${CUSTOMERS}::int) n`
})

const moveTo = (country: string) =>
  callAs(sql, 'owner', 'public.update_company($1, $2, $3)', COMPANY_A, 'Northbuild', country)
const rekey = (limit = 10_000) => callAs<number>(sql, 'owner', 'public.rekey_phones($1, $2)', COMPANY_A, limit)
async function rekeyAll(): Promise<void> {
  if ((await rekey()) > 0) await rekeyAll()
}
/** Customers whose key is that of a country, and all. */
async function keyedAs(country: string) {
  const [row] = await sql<{ keyed: number; all: number }[]>`
    select count(*) filter (where phone_key is not distinct from private.phone_key(customer_phone, ${country}))::int as keyed,
           count(*)::int as all
      from public.customers where company_id = ${COMPANY_A}`
  return row
}
async function addChat(phone: string, name: string, email: string | null = null): Promise<string> {
  const [chat] = await sql<{ id: string }[]>`
    insert into public."VC Usage" (company_id, session_id, customer_name, customer_email, customer_phone)
    values (${COMPANY_A}, ${crypto.randomUUID()}, ${name}, ${email}, ${phone}) returning id`
  return chat?.id ?? ''
}
const customerOf = async (chat: string) =>
  (await sql<{ customer_id: string | null }[]>`select customer_id from public."VC Usage" where id = ${chat}`)[0]
    ?.customer_id

test('UI-4: after a change of the country phones are read anew in steps, which anybody allowed goes on with, and no replica fetches them again', async () => {
  const before = await sql`select id, rev, updated_at from public.customers where company_id = ${COMPANY_A} order by id`
  await moveTo('DE')
  expect((await keyedAs('AU'))?.keyed).toBe(CUSTOMERS)
  expect(await rekey(1_000)).toBe(CUSTOMERS - 1_000)
  // The answer is lost with what was done.
  await expect(
    sql.begin(async (tx) => {
      await tx`select private.rekey_some(${COMPANY_A}, 2000)`
      // Nor are they told that there is anything to fetch.
      expect(await tx`select 1 from private.pending_hints`).toEqual([])
      throw new Error('The connection broke')
    }),
  ).rejects.toThrow('broke')
  expect(await rekey(500)).toBe(CUSTOMERS - 1_500)
  // An edit in between keeps its own key, and is read anew with the others.
  const [last] = await sql<{ id: string }[]>`
    update public.customers set customer_notes = 'edited'
     where id = (select id from public.customers where company_id = ${COMPANY_A} order by id desc limit 1) returning id`
  // Somebody else at the same moment waits for nobody.
  await sql.begin(async (tx) => {
    await tx`select private.rekey_some(${COMPANY_A}, 1)`
    expect(await rekey()).toBe(CUSTOMERS - 1_500)
  })
  await expect(callAs(sql, 'manager', 'public.rekey_phones($1)', COMPANY_A)).rejects.toMatchObject({ code: '42501' })
  // Another country while it goes on: from the beginning.
  await moveTo('AT')
  expect(await rekey(1)).toBe(CUSTOMERS - 1)
  await moveTo('DE')
  await rekeyAll()
  expect(await keyedAs('DE')).toEqual({ keyed: CUSTOMERS, all: CUSTOMERS })
  const after = await sql`select id, rev, updated_at from public.customers where company_id = ${COMPANY_A} order by id`
  expect(after.filter(({ id }) => id !== last?.id)).toEqual(before.filter(({ id }) => id !== last?.id))
  expect(await sql`select 1 from private.phone_rekeys`).toEqual([])
  expect(await rekey()).toBe(0)
})

test('DB-4: nobody changes the country under a phone that is being written or read', async () => {
  const [customer] = await sql<{ id: string }[]>`
    insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Nobody yet') returning id`
  const writings: ((tx: TransactionSql) => Promise<unknown>)[] = [
    (tx) => tx`update public.customers set customer_phone = '0171 5550001' where id = ${customer?.id ?? ''}`,
    (tx) => tx`
      insert into public."VC Usage" (company_id, session_id, customer_name, customer_phone)
      values (${COMPANY_A}, 's', 'Somebody new', '0171 5550002')`,
    (tx) => tx`select private.rekey_some(${COMPANY_A})`,
  ]
  const undo = new Error('Undone')
  for (const write of writings) {
    const under = sql.begin(async (tx) => {
      await write(tx)
      await expect(
        sql.begin(async (other) => {
          await other`set local lock_timeout = '100ms'`
          await other`update public.companies set country = 'CH' where id = ${COMPANY_A}`
        }),
      ).rejects.toMatchObject({ code: '55P03' })
      throw undo
    })
    await expect(under).rejects.toBe(undo)
  }
})

test('DB-4: the job of the scheduler does all companies, each step for itself', async () => {
  const steps = readFileSync(
    join(import.meta.dirname, 'migrations', '20261122005850_phone_rekeying.sql'),
    'utf8',
  ).split('$job$')
  expect(steps).toHaveLength(3)
  await sql`
    insert into public.customers (company_id, customer_name, customer_phone) values (${COMPANY_B}, 'In Vienna', '01 5550003')`
  await sql`update public.companies set country = 'AT' where id = ${COMPANY_B}`
  await sql`insert into private.phone_rekeys (company_id, stage) values (${COMPANY_A}, 3)`
  // In a transaction it can't commit.
  await expect(sql.begin((tx) => tx.unsafe(steps[1] ?? ''))).rejects.toMatchObject({ code: '2D000' })
  await sql.unsafe(steps[1] ?? '')
  expect(await sql`select 1 from private.phone_rekeys`).toEqual([])
  expect(await sql`select phone_key from public.customers where company_id = ${COMPANY_B}`).toEqual([
    { phone_key: '+4315550003' },
  ])
})

test('DB-4: while phones are keyed by two countries a chat with a phone waits rather than make a second customer', async () => {
  const phone = '0171 2345678'
  const [known] = await sql<{ id: string }[]>`
    insert into public.customers (company_id, customer_name, customer_email, customer_phone)
    values (${COMPANY_A}, 'Karla Klar', 'karla@klar.example', ${phone}) returning id`
  const linked = await addChat('+44 20 7946 0004', 'Customer 4')
  expect(await customerOf(linked)).not.toBeNull()
  const byHand = await addChat('(0171) 2345678', 'K. by hand')
  await callAs(sql, 'owner', 'public.unlink_chat($1, $2)', COMPANY_A, byHand)
  await moveTo('AT')
  await rekey(1)
  await callAs(sql, 'owner', 'public.link_chat($1, $2, $3)', COMPANY_A, byHand, known?.id)
  const count = async () => (await keyedAs('AT'))?.all
  const all = await count()
  const [waiting, byEmail] = [
    await addChat(phone, 'K. from the web'),
    await addChat(phone, 'Karla', 'karla@klar.example'),
  ]
  expect([await customerOf(waiting), await customerOf(byEmail)]).toEqual([null, known?.id])
  expect(
    await sql`select 1 from public.customer_suggestions where customer_id = ${known?.id ?? ''} and field = 'phone'`,
  ).toEqual([])
  // The same number in other words is no news for its chats.
  await sql`update public.customers set customer_phone = '0171-2345678' where id = ${known?.id ?? ''}`
  expect(await sql`select customer_phone from public."VC Usage" where id = ${byHand}`).toEqual([
    { customer_phone: '(0171) 2345678' },
  ])
  await expect(
    callAs(sql, 'owner', 'public.erase_customer($1, $2, $3)', COMPANY_A, known?.id, 'requested'),
  ).rejects.toMatchObject({ code: '55000' })
  const [rev] = await sql`select rev from public."VC Usage" where id = ${linked}`

  // Customers, chats, chats that waited: rows of one kind in a transaction.
  const stages = new Set<unknown>()
  while ((await rekey()) > 0) stages.add((await sql`select stage from private.phone_rekeys`)[0]?.stage)
  expect([...stages]).toEqual([1, 2, 3])
  expect(await customerOf(waiting)).toBe(known?.id)
  expect(await count()).toBe(all)
  const [chat] = await sql`select phone_key, rev from public."VC Usage" where id = ${linked}`
  expect(chat).toEqual({ phone_key: '+442079460004', ...rev })
  await callAs(sql, 'owner', 'public.erase_customer($1, $2, $3)', COMPANY_A, known?.id, 'requested')
})
