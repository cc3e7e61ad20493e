import type { Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMPANY_A, callAs, startTestBackend, type TestBackend } from '../embedded/testing/test-backend.ts'

const CUSTOMERS = 5_000

let server: TestBackend
let sql: Sql
beforeAll(async () => {
  server = await startTestBackend(0)
  sql = server.sql
  // Three of four are national.
  await sql`
    insert into public.customers (company_id, customer_name, customer_phone)
    select ${COMPANY_A}, 'Customer ' || n,
           case when n % 4 = 0 then '+44 20 7946 ' || lpad(n::text, 4, '0') else '03 9' || lpad(n::text, 7, '0') end
      from generate_series(1, ${CUSTOMERS}::int) n`
})
afterAll(() => server.close())

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

test('DB-4: while phones are keyed by two countries a chat with a phone waits rather than make a second customer', async () => {
  const phone = '0171 2345678'
  const [known] = await sql<{ id: string }[]>`
    insert into public.customers (company_id, customer_name, customer_email, customer_phone)
    values (${COMPANY_A}, 'Karla Klar', 'karla@klar.example', ${phone}) returning id`
  const linked = await addChat('+44 20 7946 0004', 'Customer 4')
  expect(await customerOf(linked)).not.toBeNull()
  await moveTo('AT')
  await rekey(1)
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
  await expect(
    callAs(sql, 'owner', 'public.erase_customer($1, $2, $3)', COMPANY_A, known?.id, 'requested'),
  ).rejects.toMatchObject({ code: '55000' })
  const [rev] = await sql`select rev from public."VC Usage" where id = ${linked}`

  await rekeyAll()
  expect(await customerOf(waiting)).toBe(known?.id)
  expect(await count()).toBe(all)
  const [chat] = await sql`select phone_key, rev from public."VC Usage" where id = ${linked}`
  expect(chat).toEqual({ phone_key: '+442079460004', ...rev })
  await callAs(sql, 'owner', 'public.erase_customer($1, $2, $3)', COMPANY_A, known?.id, 'requested')
})
