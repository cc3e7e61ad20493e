import type { TestBackend } from '../harness/backend.ts'
import { putCustomers } from '../harness/put-customers.ts'

/** Customers that the stops are about, by id. */
export interface DemoBase {
  readonly firm: string
  readonly twin: string
  readonly stranger: string
}

const CHATS = [
  [
    'Asked for 40 m² of larch decking.',
    'Do you have 40 m² of larch decking in stock?',
    'Yes, 28 mm boards. Shall I prepare a quote?',
  ],
  ['Fragt nach dem Liefertermin.', 'Wann kommt unsere Lieferung?', 'Am Donnerstag vor sieben, wie besprochen.'],
  ['Wants samples of the oak panels.', 'Could we see samples of the oak panels?', 'They are on their way to the yard.'],
] as const

/** Neighbours in this list are one person. */
const WRITTEN_TWICE = [
  {
    name: 'Hafenkontor Brandt KG',
    email: 'kontor@brandt.example',
    phone: '+49 40 8812 440',
    address: 'Kehrwieder 9, 20457 Hamburg',
  },
  { name: 'Hafenkontor Brand', email: 'kontor@brandt.example', phone: '040 8812440' },
  { name: 'Charlotte Featherstone', email: 'c.featherstone@mail.example', phone: '+44 7700 900 412' },
  { name: 'Featherstone, Charlotte', phone: '07700 900412', address: '14 Castle Hill, Leeds LS12 4QT, United Kingdom' },
  { name: 'Zimmerei Dierks', email: 'post@zimmerei-dierks.example', phone: '+49 4101 55 200' },
  { name: 'Zimmerei Diercks', email: 'post@zimmerei-dierks.example', notes: 'Wants the catalogue in spring.' },
]

/** Adds a firm with a history, its duplicate, and what else the demo company lacks. Once for each backend. */
export async function furnish(backend: TestBackend): Promise<DemoBase> {
  const sql = backend.sql()
  const found = await sql<{ id: string }[]>`
    select id from public.customers
     where customer_name in ('Müller & Söhne GmbH', 'Mueller u. Soehne', 'Annika Möller') order by customer_name desc`
  const [known, knownTwin, knownStranger] = found
  if (known !== undefined && knownTwin !== undefined && knownStranger !== undefined)
    return { firm: known.id, twin: knownTwin.id, stranger: knownStranger.id }
  const [firm = '', twin = '', stranger = ''] = await putCustomers(backend, [
    {
      name: 'Müller & Söhne GmbH',
      email: 'info@mueller-soehne.example',
      phone: '+49 40 3344 210',
      address: 'Große Elbstraße 14, 22767 Hamburg, Germany',
      notes:
        'Prefers delivery **before 7:00**. Ask for Herr Söhnke in the yard.\n- Gate code on the delivery sheet\n- Two copies of each invoice',
    },
    { name: 'Mueller u. Soehne', email: 'info@mueller-soehne.example', phone: '040 3344210', notes: 'Discount 4 %.' },
    { name: 'Annika Möller', email: 'annika.moeller@mail.example', phone: '+49 176 5512 098' },
  ])
  await putCustomers(backend, WRITTEN_TWICE)
  await sql`
    update public.companies set chat_url = 'https://chat.example.com/sessions/{session}'
     where id = (select company_id from public.customers where id = ${firm})`
  await sql`update public.customers set tags = array['timber', 'key account'] where id = ${firm}`
  for (const [at, [summary, asks, answers]] of CHATS.entries()) {
    const messages = [
      { role: 'customer', text: asks },
      { role: 'assistant', text: answers },
    ]
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_name, customer_email, summary, messages, created_at)
      select company_id, ${`chat-demo-${at}`}, customer_name, customer_email, ${summary}, ${sql.json(messages)},
             now() - make_interval(days => ${2 + at * 9})
        from public.customers where id = ${firm}`
  }
  const items = [
    { text: 'Larch decking board 28 mm, per m²', quantity: 40, unitPrice: 61.5 },
    { text: 'Delivery and unloading', quantity: 1, unitPrice: 145 },
  ]
  for (const [at, status] of ['sent', 'accepted', 'expired'].entries()) {
    await sql`
      insert into public.quotes (company_id, customer_id, quote_number, status, currency, total, line_items, created_at)
      select company_id, id, ${`Q-2231-${at + 1}`}, ${status}, 'EUR', 2605, ${sql.json(items)},
             now() - make_interval(days => ${1 + at * 40})
        from public.customers where id = ${firm}`
  }
  return { firm, twin, stranger }
}

/** Lets the demo company be in Germany, as its customers are: so are their numbers without a country. */
export async function moveToGermany(backend: TestBackend, { firm }: DemoBase): Promise<void> {
  await backend.sql()`
    update public.companies set country = 'DE' where id = (select company_id from public.customers where id = ${firm})`
  await backend.sql()`
    do $$ begin
      while exists (select from private.phone_rekeys) loop
        perform private.rekey_some(company_id) from private.phone_rekeys;
      end loop;
    end $$`
}
