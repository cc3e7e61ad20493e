import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { LOCALES } from '../embedded/seed/locales.ts'
import { createRandom } from '../embedded/seed/random.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { COMPANY_A } from '../embedded/testing/test-backend.ts'

const { sql } = await suiteBackend(1)

async function phoneKeys(phones: readonly string[], country: string): Promise<(string | null)[]> {
  const rows = await sql<{ key: string | null }[]>`
    select private.phone_key(p, ${country}) as key from unnest(${phones as string[]}::text[]) with ordinality as t (p, ord) order by ord`
  return rows.map((row) => row.key)
}

test('DB-4: phones become the E.164 that libphonenumber makes of them, as each country dials', async () => {
  const random = createRandom(3)
  const patterns = Object.values(LOCALES).flatMap((locale) => locale.phones)
  const wrong: string[] = []
  let compared = 0
  for (const country of ['AU', 'DE', 'GB', 'US', 'FR', 'ES', 'PL', 'TR', 'UA', 'GR', 'IT', 'HU'] as CountryCode[]) {
    const phones = Array.from({ length: 400 }, () =>
      random.pick(patterns).replace(/#/g, () => String(random.int(0, 9))),
    ).flatMap((phone) => [phone, phone.replaceAll(' ', '-'), `Tel. ${phone} ext. 12`, phone.replace(/^\+/, '00')])
    const keys = await phoneKeys(phones, country)
    phones.forEach((phone, index) => {
      const theirs = parsePhoneNumber(phone, country)
      // Only numbers that exist have one right reading.
      if (theirs?.isValid() !== true) return
      compared++
      if (keys[index] !== theirs.number) wrong.push(`${country} ${phone}: ${keys[index]}, not ${theirs.number}`)
    })
  }
  console.log(`phones compared ${compared}, different ${wrong.length}`)
  expect(compared).toBeGreaterThan(3_000)
  expect(wrong.slice(0, 20)).toEqual([])
})

test.each([
  ['DE', '030 901820', '+4930901820'],
  ['DE', '+49 (0)30 / 90 18 20', '+4930901820'],
  ['GB', '+44 (0)20 7946 0018', '+442079460018'],
  ['IT', '+39 06 698 12345', '+390669812345'],
  ['US', '1-212-555-0187', '+12125550187'],
  ['RU', '8 (800) 555-35-35', '+78005553535'],
  ['HU', '06 1 123 4567', '+3611234567'],
  ['AU', '0011 49 30 901820', '+4930901820'],
  ['AU', '٠٤١٢ ٣٤٥ ٦٧٨', '+61412345678'],
  ['AU', '12', null],
  ['AU', 'call me', null],
  ['AU', `0${'9'.repeat(300)}`, null],
  ['AU', '', null],
])('DB-4: %s %s is read as %s', async (country, phone, key) => {
  expect(await phoneKeys([phone], country)).toEqual([key])
})

test('DB-4: names and e-mails are compared without case, spaces and forms of writing', async () => {
  const [row] = await sql`
    select private.name_key('  ANNA   Müller ') as name, private.name_key('Guest') as guest, private.name_key('👻 ') as ghost,
           private.email_key(' <Anna@X.DE> ') as email, private.email_key('anna at x.de') as broken,
           private.names_agree('Schmidt, A.', 'anna schmidt') as initial, private.names_agree('Anna Schmitd', 'Anna Schmidt') as swapped,
           private.names_agree('Anna Schmidt', 'Ben Schmidt') as household, private.names_agree('L. Löwe', 'Ida Löwe') as other_initial`
  expect(row).toEqual({
    name: 'anna müller',
    guest: null,
    ghost: null,
    email: 'anna@x.de',
    broken: null,
    initial: true,
    swapped: true,
    household: false,
    other_initial: false,
  })
})

test('DB-4: keys follow the customer, and the country of the company', async () => {
  const [made] = await sql<{ id: string; email_key: string; phone_key: string }[]>`
    insert into public.customers (company_id, customer_name, customer_email, customer_phone)
    values (${COMPANY_A}, 'Key Holder', 'Key@Holder.example', '0412 345 678') returning *`
  expect(made).toMatchObject({ email_key: 'key@holder.example', phone_key: '+61412345678', name_key: 'key holder' })
  const read = async () => (await sql`select * from public.customers where id = ${made?.id ?? ''}`)[0]
  const rekey = () =>
    sql.unsafe(`do $$ begin while private.rekey_some('${COMPANY_A}') > 0 loop commit; end loop; end $$`)
  await sql`update public.customers set customer_phone = null, email_key = 'forged' where id = ${made?.id ?? ''}`
  expect(await read()).toMatchObject({ email_key: 'key@holder.example', phone_key: null })
  await sql`update public.customers set customer_phone = '0151 23456789' where id = ${made?.id ?? ''}`
  await sql`update public.companies set country = 'DE' where id = ${COMPANY_A}`
  await rekey()
  expect(await read()).toMatchObject({ phone_key: '+4915123456789' })
  await sql`update public.companies set country = 'AU' where id = ${COMPANY_A}`
  await rekey()
})
