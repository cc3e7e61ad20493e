import { expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../embedded/seed/demo-users.ts'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../embedded/testing/test-backend.ts'

const server = await suiteBackend(4)
const { sql } = server

async function call<T>(userId: string, query: string, ...values: unknown[]): Promise<T> {
  const [row] = await asUser(sql, userId, (tx) =>
    tx.unsafe<{ answer: T }[]>(`select ${query} as answer`, values as string[]),
  )
  return (row as { answer: T }).answer
}

/** Somebody with an account and no company. */
async function newcomer(confirmed = true): Promise<{ id: string; email: string }> {
  const id = crypto.randomUUID()
  const email = `new-${id.slice(0, 8)}@newcomer.example`
  await sql`
    insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
    select ${id}, 'authenticated', 'authenticated', ${email}, encrypted_password, ${confirmed ? sql`now()` : null},
           raw_app_meta_data, '{"role": "owner"}'
      from auth.users where id = ${user('owner').id}`
  await sql`
    insert into auth.identities (id, provider, provider_id, user_id, identity_data)
    values (gen_random_uuid(), 'email', ${id}, ${id}, ${JSON.stringify({ sub: id, email, email_verified: true })}::text::jsonb)`
  return { id, email }
}

const owner = user('owner')
const invite = (email: string, role = 'sales', by = owner.id, company: string = COMPANY_A) =>
  call<{ id: string; token: string }>(
    by,
    'public.invite_member($1, $2, $3::public.member_role, $4)',
    company,
    email,
    role,
    'New Person',
  )
const accept = (userId: string, token: string) =>
  call<{ companyId: string }>(userId, 'public.accept_invitation($1)', token)
const customersSeenBy = async (userId: string) =>
  (await asUser(sql, userId, (tx) => tx`select from public.customers where company_id = ${COMPANY_A}`)).count

/** Somebody who has joined company A in a role. */
async function joined(role: string): Promise<{ id: string; email: string }> {
  const person = await newcomer()
  await accept(person.id, (await invite(person.email, role)).token)
  return person
}

test('R-1: an invited person joins through supabase-js, in the role of the invitation, and sees the company at once', async () => {
  const person = await newcomer()
  const asOwner = await client(server.backend, owner)
  const invited = await asOwner.rpc('invite_member', {
    p_company: COMPANY_A,
    p_email: person.email.toUpperCase(),
    p_role: 'analyst',
    p_display_name: 'Nora New',
  })
  expect(invited.error).toBeNull()
  expect(await customersSeenBy(person.id)).toBe(0)

  const supabase = await client(server.backend)
  await supabase.auth.signInWithPassword({ email: person.email, password: DEMO_PASSWORD })
  const accepted = await supabase.rpc('accept_invitation', { p_token: invited.data.token })
  expect(accepted).toMatchObject({ error: null, data: { companyId: COMPANY_A, role: 'analyst' } })
  const { data } = await supabase.rpc('my_companies')
  expect(data).toMatchObject([{ companyId: COMPANY_A, role: 'analyst' }])
  expect(await customersSeenBy(person.id)).toBeGreaterThan(0)
})

test('R-1: the token of an invitation is stored as a hash only, and owners alone see invitations', async () => {
  const { token } = await invite('hash@newcomer.example')
  const [row] = await sql<{ text: string }[]>`
    select i::text as text from public.invitations i where email = 'hash@newcomer.example'`
  expect(row?.text).toContain('hash@newcomer.example')
  expect(row?.text).not.toContain(token)
  for (const login of ['manager', 'sales', 'analyst']) {
    expect((await asUser(sql, user(login).id, (tx) => tx`select id from public.invitations`)).count).toBe(0)
  }
  await expect(asUser(sql, owner.id, (tx) => tx`select token_hash from public.invitations`)).rejects.toMatchObject({
    code: '42501',
  })
})

test('R-1: a token lets one account in once, of its address, while it is open and not expired', async () => {
  const [person, thief, unconfirmed] = [await newcomer(), await newcomer(), await newcomer(false)]
  const { token } = await invite(person.email)
  await expect(accept(thief.id, token)).rejects.toMatchObject({
    code: '42501',
    message: expect.stringContaining('another email'),
  })
  await expect(accept(person.id, `${token}x`)).rejects.toMatchObject({ code: 'P0002' })
  const joinedOnce = await accept(person.id, token)
  await expect(accept(thief.id, token)).rejects.toMatchObject({ code: 'P0002' })
  // Whose answer was lost asks again and is told the same, until they are let go.
  expect(await accept(person.id, token)).toEqual(joinedOnce)
  const joinings = sql`select from public.audit_log
    where company_id = ${COMPANY_A} and action = 'member_added' and changes -> 'member' ->> 'to' = ${person.id}`
  expect((await joinings).count).toBe(1)
  await call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, person.id)
  await expect(accept(person.id, token)).rejects.toMatchObject({ code: 'P0002' })
  await accept(person.id, (await invite(person.email)).token)

  const forUnconfirmed = await invite(unconfirmed.email)
  await expect(accept(unconfirmed.id, forUnconfirmed.token)).rejects.toMatchObject({ code: '42501' })

  const late = await newcomer()
  const expired = await invite(late.email)
  await sql`update public.invitations set expires_at = now() where id = ${expired.id}`
  await expect(accept(late.id, expired.token)).rejects.toMatchObject({ code: 'P0002' })
  // A new invitation takes the place of the old one; one that was taken back is void.
  const first = await invite(thief.email)
  const second = await invite(thief.email)
  await expect(accept(thief.id, first.token)).rejects.toMatchObject({ code: 'P0002' })
  await call(owner.id, 'public.revoke_invitation($1, $2)', COMPANY_A, second.id)
  await expect(accept(thief.id, second.token)).rejects.toMatchObject({ code: 'P0002' })
  await expect(invite(person.email)).rejects.toMatchObject({
    code: '55000',
    message: expect.stringContaining('member already'),
  })
  await expect(invite('no address')).rejects.toMatchObject({ code: '22023' })
})

test('R-1: an invitation does not outlast the right of whoever made it', async () => {
  const second = await joined('owner')
  const invited = await newcomer()
  const { token } = await invite(invited.email, 'owner', second.id)
  await call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, second.id)
  await expect(accept(invited.id, token)).rejects.toThrow('This invitation is not valid any more. Ask for a new one.')
})

test('R-1: a change of role takes effect with the next statement', async () => {
  const person = await joined('analyst')
  const edit = () =>
    asUser(
      sql,
      person.id,
      (tx) => tx`update public.customers set customer_notes = 'Seen' where company_id = ${COMPANY_A}`,
    )
  expect((await edit()).count).toBe(0)
  await call(owner.id, 'public.change_member_role($1, $2, $3::public.member_role)', COMPANY_A, person.id, 'manager')
  expect((await edit()).count).toBeGreaterThan(0)
})

test('R-2: a revoked member sees and writes nothing from the next statement on, with a token that is still valid', async () => {
  const person = await joined('manager')
  const supabase = await client(server.backend)
  await supabase.auth.signInWithPassword({ email: person.email, password: DEMO_PASSWORD })
  expect((await supabase.from('customers').select('id')).data?.length).toBeGreaterThan(0)
  const id = crypto.randomUUID()
  await supabase
    .from('customers')
    .insert({ id, company_id: COMPANY_A, customer_name: 'Of a leaver', owner_id: person.id })
  await call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, person.id)

  for (const table of [
    'customers',
    'VC Usage',
    'quotes',
    'audit_log',
    'company_members',
    'companies',
    'customer_interactions',
  ]) {
    expect((await supabase.from(table).select('*')).data, table).toEqual([])
  }
  expect((await supabase.rpc('sync_pull', { p_company: COMPANY_A, p_collection: 'customers' })).error).toMatchObject({
    code: '42501',
  })
  expect(
    (await supabase.from('customers').insert({ company_id: COMPANY_A, customer_name: 'Late' })).error,
  ).toMatchObject({ code: '42501' })
  expect((await supabase.rpc('my_companies')).data).toEqual([])
  // What they made stays, without an owner.
  const [row] = await sql`select owner_id, created_by_user_id from public.customers where id = ${id}`
  expect(row).toEqual({ owner_id: null, created_by_user_id: person.id })
})

test.each(['manager', 'sales', 'analyst'])(
  'R-1: %s can neither invite, change roles, nor remove anybody',
  async (login) => {
    const me = user(login)
    const attempts: [string, ...unknown[]][] = [
      ['public.invite_member($1, $2, $3::public.member_role, $4)', COMPANY_A, 'friend@x.example', 'owner', 'Friend'],
      ['public.change_member_role($1, $2, $3::public.member_role)', COMPANY_A, me.id, 'owner'],
      ['public.revoke_member($1, $2)', COMPANY_A, owner.id],
      ['public.revoke_invitation($1, $2)', COMPANY_A, crypto.randomUUID()],
    ]
    for (const [query, ...values] of attempts) {
      await expect(call(me.id, query, ...values), query).rejects.toMatchObject({ code: '42501' })
    }
    // Nor around the functions.
    for (const statement of [
      `update public.company_members set role = 'owner' where user_id = '${me.id}'`,
      `insert into public.company_members (company_id, user_id, role, display_name) values ('${COMPANY_B}', '${me.id}', 'owner', 'Me')`,
      `delete from public.company_members where user_id = '${owner.id}'`,
      `insert into public.invitations (company_id, email, role, display_name, token_hash) values ('${COMPANY_A}', 'a@b.example', 'owner', 'Me', '\\x00')`,
    ]) {
      await expect(
        asUser(sql, me.id, (tx) => tx.unsafe(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' })
    }
  },
)

test('SE-2: filters that a member shared stay with the company when they leave; those they kept for themselves go', async () => {
  const leaver = await joined('sales')
  const owners = await joined('owner')
  await asUser(
    sql,
    leaver.id,
    (tx) => tx`
      insert into public.saved_filters (company_id, name, filter, shared)
      values (${COMPANY_A}, 'Left to all', '{}', true), (${COMPANY_A}, 'Left to nobody', '{}', false)`,
  )
  const left = () => sql`select name, user_id from public.saved_filters where name like 'Left to %'`
  await call(owners.id, 'public.revoke_member($1, $2)', COMPANY_A, leaver.id)
  expect(await left()).toEqual([{ name: 'Left to all', user_id: owners.id }])
  // An account that is deleted takes them along no more than a member who is removed.
  await sql`delete from auth.users where id = ${owners.id}`
  expect(await left()).toEqual([{ name: 'Left to all', user_id: owner.id }])
  await asUser(sql, owner.id, (tx) => tx`delete from public.saved_filters where name = 'Left to all'`)
  expect(await left()).toEqual([])
})

test('R-1: the owner of one company is nobody in another', async () => {
  const other = user('owner', COMPANY_B)
  await expect(invite('x@y.example', 'owner', other.id)).rejects.toMatchObject({
    code: '42501',
    message: 'You are not a member of this company.',
  })
  await expect(call(other.id, 'public.revoke_member($1, $2)', COMPANY_A, user('sales').id)).rejects.toMatchObject({
    code: '42501',
  })
  await expect(call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, other.id)).rejects.toMatchObject({
    code: 'P0002',
  })
})

test('R-1: the last owner can be neither removed nor demoted, also when two owners let each other go at once', async () => {
  const change = (by: string, whom: string, role: string) =>
    call(by, 'public.change_member_role($1, $2, $3::public.member_role)', COMPANY_A, whom, role)
  await expect(change(owner.id, owner.id, 'manager')).rejects.toMatchObject({
    code: '55000',
    message: expect.stringContaining('at least one owner'),
  })
  await expect(call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, owner.id)).rejects.toMatchObject({
    code: '55000',
  })
  for (let round = 0; round < 5; round++) {
    const second = await joined('owner')
    const outcomes = await Promise.allSettled([
      change(owner.id, second.id, 'sales'),
      change(second.id, owner.id, 'sales'),
    ])
    const owners =
      await sql`select user_id from public.company_members where company_id = ${COMPANY_A} and role = 'owner'`
    expect(owners.count).toBe(1)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    if (owners[0]?.user_id !== owner.id) await change(second.id, owner.id, 'owner')
    await sql`delete from public.company_members where company_id = ${COMPANY_A} and user_id = ${second.id}`
  }
})

test('R-1: who was invited, joined, promoted and let go is in the log', async () => {
  const person = await joined('sales')
  await call(owner.id, 'public.change_member_role($1, $2, $3::public.member_role)', COMPANY_A, person.id, 'manager')
  await call(owner.id, 'public.revoke_member($1, $2)', COMPANY_A, person.id)
  const log = await sql`
    select action, user_id, changes -> 'role' as role from public.audit_log
     where company_id = ${COMPANY_A} and customer_id is null order by id desc limit 4`
  expect(log).toEqual([
    { action: 'member_revoked', user_id: owner.id, role: { from: 'manager', to: null } },
    { action: 'member_role_changed', user_id: owner.id, role: { from: 'sales', to: 'manager' } },
    { action: 'member_added', user_id: person.id, role: { from: null, to: 'sales' } },
    { action: 'member_invited', user_id: owner.id, role: { from: null, to: 'sales' } },
  ])
})
