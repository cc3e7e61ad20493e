import type { TransactionSql } from 'postgres'
import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, callAs, user } from '../embedded/testing/test-backend.ts'

const { sql } = await suiteBackend(6)

const call = <T>(login: string, query: string, ...values: unknown[]) => callAs<T>(sql, login, query, ...values)

interface Entry {
  readonly id: number
  readonly action: string
  readonly by: string | null
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly about: string | null
  readonly changes: Readonly<Record<string, { from: unknown; to: unknown }>>
}
const log = (login: string, actions: string | null = null, before: number | null = null, limit = 50) =>
  call<{ entries: Entry[]; more: boolean }>(
    login,
    'public.company_log($1, $2::text[], $3, $4)',
    COMPANY_A,
    actions,
    before,
    limit,
  )

test.each([
  ['public.update_company($1, $2, $3)', ['owner'], [COMPANY_A, 'Northbuild', 'AU']],
  ['public.set_chat_link($1, $2)', ['owner'], [COMPANY_A, null]],
  ['public.rekey_phones($1)', ['owner'], [COMPANY_A]],
  ['public.members_and_invitations($1)', ['owner'], [COMPANY_A]],
  ['public.privacy_overview($1)', ['owner'], [COMPANY_A]],
  ['public.company_log($1)', ['owner', 'manager'], [COMPANY_A]],
  ['public.company_devices($1)', ['owner', 'manager', 'sales', 'analyst'], [COMPANY_A]],
])('R-1 R-2: %s is for %j only, and of nobody of another company', async (query, allowed, values) => {
  for (const login of ['owner', 'manager', 'sales', 'analyst']) {
    const asked = call(login, query, ...values)
    if (allowed.includes(login)) await asked
    else await expect(asked, login).rejects.toMatchObject({ code: '42501' })
  }
  await expect(call('owner', query, COMPANY_B, ...values.slice(1))).rejects.toMatchObject({ code: '42501' })
})

test('UI-4: an owner renames the company and moves it to another country, where its phones are read anew', async () => {
  const id = crypto.randomUUID()
  await asUser(
    sql,
    user('owner').id,
    (tx) =>
      tx`insert into public.customers ${tx({ id, company_id: COMPANY_A, customer_name: 'Vera Weg', customer_phone: '030 901820' })}`,
  )
  const key = async () =>
    (await sql<{ phone_key: string }[]>`select phone_key from public.customers where id = ${id}`)[0]?.phone_key
  const before = await key()
  await call('owner', 'public.update_company($1, $2, $3)', COMPANY_A, '  Northbuild Berlin ', 'DE')
  expect(await sql`select name, country from public.companies where id = ${COMPANY_A}`).toEqual([
    { name: 'Northbuild Berlin', country: 'DE' },
  ])
  // Step by step, as the settings ask.
  const rekey = () => call('owner', 'public.rekey_phones($1)', COMPANY_A)
  await expect.poll(rekey).toBe(0)
  expect(await key()).toBe('+4930901820')
  expect(before).not.toBe('+4930901820')
  const [entry] = (await log('owner', '{company_changed}')).entries
  expect(entry?.changes.country).toEqual({ from: 'AU', to: 'DE' })
  await call('owner', 'public.update_company($1, $2, $3)', COMPANY_A, 'Northbuild Berlin', 'DE')
  expect((await log('owner', '{company_changed}')).entries[0]?.id).toBe(entry?.id)
  for (const [name, country] of [
    ['', 'DE'],
    ['Northbuild', 'XX'],
    ['Northbuild', null],
    ['x'.repeat(201), 'DE'],
  ]) {
    const asked = call('owner', 'public.update_company($1, $2, $3)', COMPANY_A, name, country)
    await expect(asked).rejects.toMatchObject({ code: '22023' })
  }
  await call('owner', 'public.update_company($1, $2, $3)', COMPANY_A, 'Northbuild', 'AU')
  await expect.poll(rekey).toBe(0)
})

test('UI-2 EL-1: an owner says where chats open, for everybody of the company; only https, and no chat can name the host', async () => {
  const url = 'https://chat.example.com/s/{session}?from=crm'
  const heard = async () => {
    const companies = await call<{ companyId: string; chatUrl: string | null }[]>('sales', 'public.my_companies()')
    return companies.find(({ companyId }) => companyId === COMPANY_A)?.chatUrl
  }
  expect(await heard()).toBeNull()
  await call('owner', 'public.set_chat_link($1, $2)', COMPANY_A, ` ${url} `)
  expect(await heard()).toBe(url)
  expect((await log('owner', '{company_changed}')).entries[0]?.changes).toEqual({ chatUrl: { from: null, to: url } })
  for (const bad of [
    'http://chat.example.com/{session}',
    'https://{session}/',
    'https://a@b.example/{session}',
    'https://chat.example.com/',
    'https://chat.example.com\\@evil.example/{session}',
    'javascript:alert("{session}")',
    `${url}${'a'.repeat(500)}`,
  ]) {
    await expect(call('owner', 'public.set_chat_link($1, $2)', COMPANY_A, bad), bad).rejects.toMatchObject({
      code: '22023',
    })
  }
  await call('owner', 'public.set_chat_link($1, $2)', COMPANY_A, '')
  expect(await heard()).toBeNull()
})

test('UI-4: the members come with what would be left behind, and with invitations that are open', async () => {
  const rep = user('sales')
  const mine = crypto.randomUUID()
  await asUser(
    sql,
    user('owner').id,
    (tx) =>
      tx`insert into public.customers ${tx({ id: mine, company_id: COMPANY_A, customer_name: 'Mira Own', owner_id: rep.id })}`,
  )
  await asUser(
    sql,
    rep.id,
    (tx) =>
      tx`insert into public.saved_filters ${tx([
        { company_id: COMPANY_A, user_id: rep.id, name: 'For all', filter: sql.json({}), shared: true },
        { company_id: COMPANY_A, user_id: rep.id, name: 'My own', filter: sql.json({}), shared: false },
      ])}`,
  )
  const [owned] = await sql<{ count: number }[]>`
    select count(*)::int from public.customers where company_id = ${COMPANY_A} and owner_id = ${rep.id} and deleted_at is null`
  const invited = await call<{ id: string }>(
    'owner',
    'public.invite_member($1, $2, $3::public.member_role, $4)',
    COMPANY_A,
    'nora@newcomer.example',
    'analyst',
    'Nora New',
  )
  const { members, invitations } = await call<{ members: { userId: string }[]; invitations: { id: string }[] }>(
    'owner',
    'public.members_and_invitations($1)',
    COMPANY_A,
  )
  expect(members.find(({ userId }) => userId === rep.id)).toMatchObject({
    email: rep.email,
    role: 'sales',
    customers: owned?.count,
    sharedFilters: 1,
  })
  expect(invitations).toMatchObject([
    { id: invited.id, email: 'nora@newcomer.example', name: 'Nora New', role: 'analyst', isExpired: false },
  ])
  expect(JSON.stringify(invitations)).not.toContain('token')
  await sql`update public.invitations set expires_at = now() - interval '1 day' where id = ${invited.id}`
  const later = await call<{ invitations: unknown[] }>('owner', 'public.members_and_invitations($1)', COMPANY_A)
  expect(later.invitations).toMatchObject([{ isExpired: true }])
  await call('owner', 'public.revoke_invitation($1, $2)', COMPANY_A, invited.id)
  const gone = await call<{ invitations: unknown[] }>('owner', 'public.members_and_invitations($1)', COMPANY_A)
  expect(gone.invitations).toEqual([])
  expect((await log('owner', '{member_invited}', null, 1)).entries[0]).toMatchObject({ about: 'Nora New' })
})

test('DB-8 UI-4: owners see all devices and what each still has to forget, others see their own', async () => {
  const device = crypto.randomUUID()
  const name = 'Browser on Linux'
  await call('sales', 'public.register_device($1, $2, $3)', COMPANY_A, device, name)
  await call('owner', 'public.register_device($1, $2, $3)', COMPANY_A, crypto.randomUUID(), name)
  const id = crypto.randomUUID()
  await asUser(
    sql,
    user('owner').id,
    (tx) =>
      tx`insert into public.customers ${tx({ id, company_id: COMPANY_A, customer_name: 'Emil Erased', customer_email: 'emil@erased.example' })}`,
  )
  await call('owner', 'public.erase_customer($1, $2, $3)', COMPANY_A, id, 'requested')
  const devices = (login: string) =>
    call<{ device: string; toForget: number; userName: string }[]>(login, 'public.company_devices($1)', COMPANY_A)
  expect((await devices('owner')).find((one) => one.device === device)).toMatchObject({ toForget: 1, name })
  await call('sales', 'public.acknowledge_erasure($1, $2, $3)', COMPANY_A, id, device)
  expect((await devices('owner')).find((one) => one.device === device)).toMatchObject({ toForget: 0 })
  expect((await devices('sales')).map((one) => one.device)).toEqual([device])
  expect(await devices('analyst')).toEqual([])
  // One that will not come back is waited for no longer, and that is noted.
  const forget = (login: string, owner: string) =>
    call(login, 'public.forget_device($1, $2, $3)', COMPANY_A, device, user(owner).id)
  await expect(forget('manager', 'sales')).rejects.toMatchObject({ code: '42501' })
  await expect(forget('owner', 'manager')).rejects.toMatchObject({ code: 'P0002' })
  await forget('sales', 'sales')
  expect(await devices('sales')).toEqual([])
  await call('sales', 'public.register_device($1, $2, $3)', COMPANY_A, device, name)
  await forget('owner', 'sales')
  expect((await log('owner', '{device_forgotten}')).entries).toMatchObject([
    { by: user('owner').name, about: user('sales').name, changes: { device: { from: name } } },
    { by: user('sales').name },
  ])
  // The blocklist knows somebody with this address again, and tells how much it knows, not whom.
  const back = crypto.randomUUID()
  await asUser(
    sql,
    user('sales').id,
    (tx) =>
      tx`insert into public.customers ${tx({ id: back, company_id: COMPANY_A, customer_name: 'E. Again', customer_email: 'emil@erased.example' })}`,
  )
  const overview = await call<Record<string, unknown>>('owner', 'public.privacy_overview($1)', COMPANY_A)
  expect(overview).toMatchObject({ years: null, blocklist: { email: 1 }, flagged: [{ id: back, name: 'E. Again' }] })
  expect(JSON.stringify(overview)).not.toContain('emil')
})

/** Signs in as Auth does, at a time of its clock; resolves to statements and calls by tokens of that session. */
async function signIn(login: string, { id: userId } = user(login), bornAt = new Date()) {
  const session = crypto.randomUUID()
  await sql`insert into auth.sessions (id, user_id, created_at, updated_at) values (${session}, ${userId}, ${bornAt}, ${bornAt})`
  const run = <T>(work: (tx: TransactionSql) => Promise<T>) =>
    asUser(sql, userId, async (tx) => {
      const claims = JSON.stringify({ role: 'authenticated', sub: userId, session_id: session })
      await tx`select set_config('request.jwt.claims', ${claims}, true)`
      return work(tx)
    })
  const ask = (query: string, ...values: unknown[]) =>
    run(
      async (tx) =>
        (await tx.unsafe<{ answer: unknown }[]>(`select ${query} as answer`, values as string[]))[0]?.answer,
    )
  return {
    session,
    run,
    ask,
    register: (device: string, company = COMPANY_A) =>
      ask('public.register_device($1, $2, $3)', company, device, 'Laptop of Sales'),
    companies: async () =>
      ((await ask('public.my_companies()')) as { companyId: string }[]).map(({ companyId }) => companyId),
  }
}

const signOut = (login: string, device: string, owner = 'sales', company = COMPANY_A) =>
  call(login, 'public.sign_out_device($1, $2, $3)', company, device, user(owner).id)
const listed = async (device: string) =>
  (
    await call<{ device: string; signedOutAt: string | null; emptiedAt: string | null }[]>(
      'owner',
      'public.company_devices($1)',
      COMPANY_A,
    )
  ).find((one) => one.device === device)

test('SY-5 R-2: a device that is signed out sees nothing more of this company, until its person signs in anew', async () => {
  const device = crypto.randomUUID()
  const [lost, desk] = [await signIn('sales'), await signIn('sales')]
  await lost.register(device)
  await desk.register(crypto.randomUUID())
  for (const login of ['manager', 'sales2', 'analyst']) {
    await expect(signOut(login, device), login).rejects.toMatchObject({ code: '42501' })
  }
  await expect(signOut('owner', device, 'sales', COMPANY_B)).rejects.toMatchObject({ code: '42501' })
  await expect(signOut('owner', device, 'manager')).rejects.toMatchObject({ code: 'P0002' })
  const own = crypto.randomUUID()
  const insert = (id: string) =>
    lost.run((tx) => tx`insert into public.customers ${tx({ id, company_id: COMPANY_A, customer_name: 'Sue' })}`)
  const rename = () =>
    lost.run(async (tx) => (await tx`update public.customers set customer_name = 'Susan' where id = ${own}`).count)
  await insert(own)
  expect(await rename()).toBe(1)
  expect(await lost.companies()).toEqual([COMPANY_A])
  expect(await lost.ask('private.my_topics()')).toEqual([`company:${COMPANY_A}`])
  await signOut('owner', device)
  await signOut('owner', device)

  expect(await lost.companies()).toEqual([])
  expect(await lost.ask('(select count(*)::int from public.customers)')).toBe(0)
  await expect(insert(crypto.randomUUID())).rejects.toMatchObject({ code: '42501' })
  expect(await rename()).toBe(0)
  expect(await lost.ask('private.my_topics()')).toEqual([])
  for (const [query, ...values] of [
    ["public.sync_pull_all($1, '{}')", COMPANY_A],
    ["public.sync_pull($1, 'customers')", COMPANY_A],
    ['public.register_device($1, $2, $3)', COMPANY_A, crypto.randomUUID(), 'Another laptop'],
    ['public.forget_device($1, $2, $3)', COMPANY_A, device, user('sales').id],
    ['public.company_devices($1)', COMPANY_A],
  ] as const) {
    await expect(lost.ask(query, ...values), query).rejects.toMatchObject({ code: 'PT403' })
  }
  // Their other device, and a company that the device was never in, as ever.
  expect(await desk.companies()).toEqual([COMPANY_A])
  await expect(lost.ask("public.sync_pull_all($1, '{}')", COMPANY_B)).rejects.toMatchObject({ code: '42501' })

  expect(await listed(device)).toMatchObject({ signedOutAt: expect.stringMatching(/^20/), emptiedAt: null })
  const confirm = ['public.confirm_sign_out($1, $2)', COMPANY_A, device] as const
  await expect(desk.ask(...confirm)).rejects.toMatchObject({ code: '42501' })
  await lost.ask(...confirm)
  expect((await listed(device))?.emptiedAt).toMatch(/^20/)
  expect((await log('owner', '{device_signed_out}')).entries).toMatchObject([
    { by: user('owner').name, about: user('sales').name, changes: { device: { from: 'Laptop of Sales' } } },
  ])
  // Taken off the list, it is as much signed out as before.
  await call('owner', 'public.forget_device($1, $2, $3)', COMPANY_A, device, user('sales').id)
  expect(await lost.companies()).toEqual([])
  const anew = await signIn('sales')
  await anew.register(device)
  expect(await listed(device)).toMatchObject({ signedOutAt: null, emptiedAt: null })
  expect(await lost.companies()).toEqual([])
  // Its own person may, too, as often as they sign in.
  await signOut('sales', device)
  expect(await anew.companies()).toEqual([])
  expect(await listed(device)).toMatchObject({ signedOutAt: expect.stringMatching(/^20/), emptiedAt: null })
})

test('SY-5: a sign-in that is older than the sign-out is ended with it, wherever and whenever the device says which it is', async () => {
  const device = crypto.randomUUID()
  const olga = { ...user('sales'), id: crypto.randomUUID() }
  await sql`insert into auth.users (id, email) values (${olga.id}, 'olga@both.example')`
  const join = (company: string) =>
    sql`insert into public.company_members ${sql({ company_id: company, user_id: olga.id, role: 'sales', display_name: 'Olga' })}`
  await join(COMPANY_A)
  await join(COMPANY_B)
  const first = await signIn('olga', olga)
  await first.register(device)
  // Only the other company hears of these two before the sign-out, and after it.
  const [second, third, unheard] = [await signIn('olga', olga), await signIn('olga', olga), await signIn('olga', olga)]
  await second.register(device, COMPANY_B)
  await call('owner', 'public.sign_out_device($1, $2, $3)', COMPANY_A, device, olga.id)
  await third.register(device, COMPANY_B)
  expect([await second.companies(), await third.companies()]).toEqual([[COMPANY_B], [COMPANY_B]])
  // It says so to the company itself, too late.
  await unheard.register(device)
  expect(await unheard.companies()).toEqual([COMPANY_B])
  await expect(unheard.register(device)).rejects.toMatchObject({ code: 'PT403' })
  expect(await listed(device)).toMatchObject({ signedOutAt: expect.any(String) })
  // A token that outlives its session is of an old one.
  const ended = await signIn('olga', olga)
  await sql`delete from auth.sessions where id = ${ended.session}`
  await ended.register(device)
  expect(await ended.companies()).toEqual([COMPANY_B])
  // Removed and invited again, the stolen sign-in stays what it is; but signing in again is no help in between.
  await sql`delete from public.company_members where company_id = ${COMPANY_A} and user_id = ${olga.id}`
  await expect(first.register(device)).rejects.toMatchObject({ code: '42501' })
  await join(COMPANY_A)
  expect(await first.companies()).toEqual([COMPANY_B])

  // What is remembered of sign-ins goes when they end, unless they were signed out; all of it with the account.
  const live = await signIn('olga', olga)
  const over = await signIn('olga', olga)
  await live.register(crypto.randomUUID())
  await over.register(crypto.randomUUID())
  await sql`delete from auth.sessions where id in (${over.session}, ${first.session})`
  await sql`select private.prune_sync_memory()`
  const known = async () =>
    (await sql<{ id: string }[]>`select session_id as id from private.session_devices where user_id = ${olga.id}`).map(
      ({ id }) => id,
    )
  expect(await known()).toEqual(expect.arrayContaining([live.session, first.session]))
  expect(await known()).not.toContain(over.session)
  await sql`delete from auth.users where id = ${olga.id}`
  expect(await known()).toEqual([])
  expect(await sql`select from private.device_sign_outs where user_id = ${olga.id}`).toHaveLength(0)
})

test('DB-8 UI-4: the log tells who did what, page by page, without the everyday and without values', async () => {
  const id = crypto.randomUUID()
  const values = { id, company_id: COMPANY_A, customer_name: 'Lotte Log', customer_notes: 'secret-of-lotte' }
  await asUser(sql, user('owner').id, async (tx) => {
    await tx`insert into public.customers ${tx(values)}`
    await tx`update public.customers set customer_notes = 'changed-secret' where id = ${id}`
    await tx`update public.customers set customer_notes = 'last-secret', customer_name = 'Secret Name', deleted_at = now() where id = ${id}`
    await tx`update public.customers set customer_name = 'Lotte Log', deleted_at = null where id = ${id}`
  })
  await call('manager', 'public.record_export($1, $2, $3)', COMPANY_A, 'csv', 12)
  const first = await log('manager', null, null, 1)
  expect(first).toMatchObject({
    more: true,
    entries: [{ action: 'exported', by: user('manager').name, customer: null, changes: { rows: { to: 12 } } }],
  })
  const second = await log('manager', null, first.entries[0]?.id)
  expect(second.entries.slice(0, 2)).toMatchObject([
    { action: 'restored', customer: { id, name: 'Lotte Log' }, about: null, changes: {} },
    { action: 'deleted', customer: { id, name: 'Lotte Log' }, about: null, changes: {} },
  ])
  const everything = await log('owner', null, null, 200)
  expect(everything.entries.some(({ action }) => action === 'created' || action === 'updated')).toBe(false)
  expect(JSON.stringify(everything)).not.toMatch(/secret/i)
  // Somebody who is gone is still called by their name.
  const rep = user('sales2')
  await call('owner', 'public.revoke_member($1, $2)', COMPANY_A, rep.id)
  expect((await log('owner', '{member_revoked}')).entries[0]).toMatchObject({ about: rep.name })
})

test.each([
  ['owner', true],
  ['manager', true],
  ['sales', false],
  ['analyst', false],
])(
  'R-1: what the log says of the company itself is read by owners and managers only (%s: %s), and is in no replica',
  async (login, seesIt) => {
    const id = crypto.randomUUID()
    const values = { id, company_id: COMPANY_A, customer_name: 'Rita Row' }
    await asUser(sql, user('owner').id, (tx) => tx`insert into public.customers ${tx(values)}`)
    await call('owner', 'public.record_export($1, $2, $3)', COMPANY_A, 'csv', 1)
    const seen = await asUser(
      sql,
      user(login).id,
      (tx) => tx<{ customer: string | null }[]>`
      select customer_id as customer from public.audit_log where company_id = ${COMPANY_A}`,
    )
    expect(seen.some(({ customer }) => customer === id)).toBe(true)
    expect(seen.some(({ customer }) => customer === null)).toBe(seesIt)
    const { rows } = await call<{ rows: { customerId: string | null }[] }>(
      login,
      'public.sync_pull($1, $2, null, 5000)',
      COMPANY_A,
      'activity',
    )
    expect(rows.some(({ customerId }) => customerId === id)).toBe(true)
    expect(rows.filter(({ customerId }) => customerId === null)).toEqual([])
  },
)
