import { describe, expect, test } from 'vitest'
import { gdprExportSchema, renderGdprExport } from '#shared/domain/gdpr-export.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, callAs, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(6)
const { sql } = server

const call = <T>(login: string, query: string, ...values: unknown[]) => callAs<T>(sql, login, query, ...values)

async function insertCustomer(values: Record<string, unknown>, login = 'owner'): Promise<string> {
  const id = crypto.randomUUID()
  await asUser(
    sql,
    user(login).id,
    (tx) => tx`insert into public.customers ${tx({ id, company_id: COMPANY_A, ...values })}`,
  )
  return id
}

async function insertChat(customer: string, values: Record<string, unknown>): Promise<string> {
  const id = crypto.randomUUID()
  await sql`insert into public."VC Usage" ${sql({ id, company_id: COMPANY_A, session_id: id, customer_id: customer, ...values })}`
  return id
}

describe('DB-8: the export of one person', () => {
  test('DB-8: has everything of the person and of who was merged into them, readable too, and is in the log', async () => {
    const customer = await insertCustomer({
      customer_name: 'Exporta Prime',
      customer_email: 'prime@exporta.example',
      customer_notes: 'note-of-prime',
    })
    const merged = await insertCustomer({
      customer_name: 'Exporta Second',
      customer_phone: '0491 570 156',
      customer_notes: 'note-of-second',
    })
    await sql`
      insert into public."VC Usage" (company_id, session_id, customer_id, customer_name, summary, messages)
      values (${COMPANY_A}, 'export-session', ${merged}, 'Exporta S.', 'summary-of-chat', '[{"role": "customer", "text": "words-of-chat"}]')`
    await sql`
      insert into public.quotes (company_id, customer_id, quote_number, currency, total, line_items)
      values (${COMPANY_A}, ${customer}, 'Q-EXPORT', 'AUD', 12.5, '[{"text": "line-of-quote", "quantity": 1, "unitPrice": 12.5}]')`
    await sql`
      insert into public.customer_interactions (company_id, customer_id, interaction_type, user_name) values (${COMPANY_A}, ${customer}, 'meeting', 'who-met')`
    await sql`
      insert into public.customer_suggestions (company_id, customer_id, field, value) values (${COMPANY_A}, ${customer}, 'email', 'suggested@exporta.example')`
    await sql`insert into public.quote_requests (company_id, customer_id, note) values (${COMPANY_A}, ${customer}, 'note-of-request')`
    await call('manager', 'public.merge_customers($1, $2, $3::uuid[])', COMPANY_A, customer, `{${merged}}`)
    await asUser(
      sql,
      user('owner').id,
      (tx) => tx`update public.customers set customer_email = 'later@exporta.example' where id = ${customer}`,
    )
    // Somebody else, who must not be in it.
    await insertCustomer({ customer_name: 'Not Exported', customer_email: 'else@exporta.example' })

    // Asked for by either id.
    for (const id of [customer, merged]) {
      const supabase = await client(server.backend, user('analyst'))
      const { data, error } = await supabase.rpc('export_customer_data', { p_company: COMPANY_A, p_customer: id })
      expect(error).toBeNull()
      const parsed = gdprExportSchema.parse(data)
      const readable = renderGdprExport(parsed)
      for (const text of [JSON.stringify(parsed), readable]) {
        for (const wanted of [
          'Exporta Prime',
          'Exporta Second',
          'prime@exporta.example',
          'later@exporta.example',
          '0491 570 156',
          'note-of-prime',
          'note-of-second',
          'summary-of-chat',
          'words-of-chat',
          'Q-EXPORT',
          'line-of-quote',
          'who-met',
          'suggested@exporta.example',
          'note-of-request',
        ]) {
          expect(text).toContain(wanted)
        }
        expect(text).not.toContain('else@exporta.example')
      }
    }
    const log =
      await sql`select user_name from public.audit_log where customer_id = ${customer} and action = 'exported'`
    expect(log.map((row) => row.user_name)).toEqual([user('analyst').name, user('analyst').name])
  })

  test('R-1: sales can not export, and nobody exports a customer of another company', async () => {
    const customer = await insertCustomer({ customer_name: 'Own of sales' }, 'sales')
    await expect(call('sales', 'public.export_customer_data($1, $2)', COMPANY_A, customer)).rejects.toMatchObject({
      code: '42501',
    })
    const [foreign] = await sql<
      { id: string }[]
    >`select id from public.customers where company_id = ${COMPANY_B} limit 1`
    await expect(call('owner', 'public.export_customer_data($1, $2)', COMPANY_A, foreign?.id)).rejects.toMatchObject({
      code: 'P0002',
    })
    await expect(call('owner', 'public.export_customer_data($1, $2)', COMPANY_B, foreign?.id)).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('DB-7: enrichment', () => {
  interface Enriched {
    conversationCount: number
    firstSeenAt: string
    lastSeenAt: string
    filled: string[]
    summaries: { summary: string }[]
    suggestions: { field: string; value: string }[]
  }

  test('DB-7: counts, fills what is empty, suggests what differs, tells the latest summaries, and repeats without effect', async () => {
    const customer = await insertCustomer(
      { customer_name: 'Enricha Known', customer_email: 'known@enricha.example' },
      'sales',
    )
    // Linked while the sync was off, as a legacy log is: nothing has been taken over yet.
    await sql`select private.set_chat_sync(false)`
    await insertChat(customer, {
      customer_email: 'other@enricha.example',
      summary: 'second',
      created_at: '2026-03-02T00:00:00Z',
    })
    await insertChat(customer, {
      customer_phone: '0491 570 157',
      customer_email: 'KNOWN@enricha.example',
      summary: 'first',
      created_at: '2026-03-01T00:00:00Z',
    })
    await sql`select private.set_chat_sync(true)`
    const answer = await call<Enriched>('sales', 'public.enrich_customer($1, $2)', COMPANY_A, customer)
    expect(answer).toMatchObject({
      conversationCount: 2,
      firstSeenAt: '2026-03-01T00:00:00.000000Z',
      lastSeenAt: '2026-03-02T00:00:00.000000Z',
      filled: ['phone'],
      summaries: [{ summary: 'second' }, { summary: 'first' }],
    })
    expect(answer.suggestions.map(({ field, value }) => [field, value])).toEqual([['email', 'other@enricha.example']])
    const [row] =
      await sql`select customer_email, customer_phone, conversation_count from public.customers where id = ${customer}`
    expect(row).toEqual({
      customer_email: 'known@enricha.example',
      customer_phone: '0491 570 157',
      conversation_count: 2,
    })

    const again = await call<Enriched>('sales', 'public.enrich_customer($1, $2)', COMPANY_A, customer)
    expect(again).toEqual({ ...answer, filled: [] })
    expect(
      (await sql`select from public.audit_log where customer_id = ${customer} and action = 'enriched'`).count,
    ).toBe(1)
  })

  test('R-1: enriching is an edit: sales only their own, analysts none, deleted none', async () => {
    const others = await insertCustomer({ customer_name: 'Of somebody else' })
    const enrich = (login: string) => call(login, 'public.enrich_customer($1, $2)', COMPANY_A, others)
    await expect(enrich('sales')).rejects.toMatchObject({ code: '42501' })
    await expect(enrich('analyst')).rejects.toMatchObject({ code: '42501' })
    await enrich('manager')
    await asUser(sql, user('owner').id, (tx) => tx`update public.customers set deleted_at = now() where id = ${others}`)
    await expect(enrich('manager')).rejects.toMatchObject({ code: '55000' })
  })
})

describe('DB-8: retention', () => {
  const old = new Date(Date.now() - 4 * 365.25 * 86_400_000).toISOString()

  /** A customer from four years ago; who loads data brings the dates along. */
  async function oldCustomer(name: string, values: Record<string, unknown> = {}): Promise<string> {
    const id = crypto.randomUUID()
    await sql`insert into public.customers ${sql({ id, company_id: COMPANY_A, customer_name: name, created_at: old, updated_at: old, ...values })}`
    return id
  }
  const candidates = (login = 'owner') =>
    call<{ total: number; customers: { id: string }[] }>(login, 'public.retention_candidates($1)', COMPANY_A)

  test('DB-8: keeps for ever by default; a dry run names who goes; applying erases exactly those', async () => {
    const silent = await oldCustomer('Silent for years')
    const deleted = await oldCustomer('Deleted long ago', { deleted_at: old })
    const lives = {
      chat: await oldCustomer('Came back by chat'),
      call: await oldCustomer('Was called'),
      quote: await oldCustomer('Has a new quote'),
      seen: await oldCustomer('Was seen', { last_seen_at: new Date().toISOString() }),
      edited: await oldCustomer('Was edited'),
      young: await insertCustomer({ customer_name: 'Young' }),
    }
    await insertChat(lives.chat, { summary: 'Hello again' })
    await sql`insert into public.customer_interactions (company_id, customer_id, interaction_type) values (${COMPANY_A}, ${lives.call}, 'call')`
    await sql`insert into public.quotes (company_id, customer_id, quote_number, currency) values (${COMPANY_A}, ${lives.quote}, 'Q-RETENTION', 'AUD')`
    await asUser(
      sql,
      user('manager').id,
      (tx) => tx`update public.customers set customer_notes = 'Called' where id = ${lives.edited}`,
    )

    expect((await candidates()).total).toBe(0)
    await call('owner', 'public.set_retention($1, $2)', COMPANY_A, 3)
    const dry = await candidates()
    const ours = [silent, deleted, ...Object.values(lives)]
    const named = (answer: { customers: { id: string }[] }) =>
      answer.customers
        .map(({ id }) => id)
        .filter((id) => ours.includes(id))
        .sort()
    expect(named(dry)).toEqual([silent, deleted].sort())
    const rehearsed = await call<{ dryRun: boolean; erased: number; customers: { id: string }[] }>(
      'owner',
      'public.apply_retention($1)',
      COMPANY_A,
    )
    expect(rehearsed).toMatchObject({ dryRun: true, erased: 0 })
    expect((await sql`select from public.customers where erased_at is not null`).count).toBe(0)

    const applied = await call<{ erased: number; total: number }>(
      'owner',
      'public.apply_retention($1, false)',
      COMPANY_A,
    )
    expect(applied).toMatchObject({ dryRun: false, erased: dry.total, total: 0 })
    const erased = await sql<{ id: string }[]>`select id from public.customers where erased_at is not null`
    expect(
      erased
        .map(({ id }) => id)
        .filter((id) => ours.includes(id))
        .sort(),
    ).toEqual([silent, deleted].sort())
    const [reason] = await sql`select reason from public.erasures where customer_id = ${silent}`
    expect(reason).toEqual({ reason: 'retention' })
    const log = await sql`
      select action from public.audit_log where action like 'retention%' and company_id = ${COMPANY_A} order by id`
    expect(log.map((row) => row.action)).toEqual(['retention_changed', 'retention_applied'])
  })

  test('DB-8: the schedule works without a user, company by company', async () => {
    const id = await oldCustomer('For the night')
    await sql`update public.companies set retention_years = 3 where id = ${COMPANY_A}`
    await sql`update public.companies set retention_years = null where id = ${COMPANY_B}`
    const [elsewhere] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name, created_at) values (${COMPANY_B}, 'Elsewhere', ${old}) returning id`
    const apply = async () => (await sql<{ n: number }[]>`select private.apply_retention_everywhere() as n`)[0]?.n
    // Not while its phones are read anew: chats of theirs may be keyed by the country before.
    await sql`insert into private.phone_rekeys (company_id) values (${COMPANY_A})`
    expect(await apply()).toBe(0)
    await sql`delete from private.phone_rekeys where company_id = ${COMPANY_A}`
    expect(await apply()).toBe(1)
    const state = await sql<{ id: string; erased: boolean }[]>`
      select id, erased_at is not null as erased from public.customers where id in (${id}, ${elsewhere?.id ?? ''})`
    expect(new Map(state.map((each) => [each.id, each.erased]))).toEqual(
      new Map([
        [id, true],
        [elsewhere?.id, false],
      ]),
    )
  })

  test('DB-8: whoever is edited, merged or erased in the moment of the nightly run is left to that', async () => {
    await sql`update public.companies set retention_years = 3 where id = ${COMPANY_A}`
    const edited = await oldCustomer('Edited at night')
    const merged = await oldCustomer('Merged at night')
    const erased = await oldCustomer('Erased at night')
    const kept = await insertCustomer({ customer_name: 'Kept at night' })
    let nightly: Promise<{ n: number }[]> = Promise.resolve([])
    await asUser(sql, user('owner').id, async (tx) => {
      await tx`update public.customers set customer_phone = '0491 570 006' where id = ${edited}`
      await tx`select public.merge_customers(${COMPANY_A}, ${kept}, ${[merged]}::uuid[])`
      await tx`select public.erase_customer(${COMPANY_A}, ${erased}, 'requested')`
      nightly = sql<{ n: number }[]>`select private.apply_retention_everywhere() as n`.execute()
      await expect
        .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%apply_retention%'`)
        .toHaveLength(1)
    })
    expect(await nightly).toEqual([{ n: 0 }])
    expect(
      await sql`
        select c.customer_name as name, e.reason from public.customers c
          left join public.erasures e on e.company_id = c.company_id and e.customer_id = c.id
         where c.id in (${edited}, ${merged}, ${erased}) order by 1`,
    ).toEqual([
      { name: 'Edited at night', reason: null },
      { name: 'Erased customer', reason: 'requested' },
      { name: 'Merged at night', reason: null },
    ])
  })

  test.each(['manager', 'sales', 'analyst'])('R-1: %s neither sees, sets nor applies it', async (login) => {
    for (const query of [
      'public.retention_candidates($1)',
      'public.set_retention($1, 1)',
      'public.apply_retention($1, false)',
    ]) {
      await expect(call(login, query, COMPANY_A), query).rejects.toMatchObject({ code: '42501' })
    }
    await expect(call('owner', 'public.set_retention($1, 0)', COMPANY_A)).rejects.toMatchObject({ code: '22023' })
  })
})
