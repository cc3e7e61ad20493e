import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import { DEMO_USERS } from './seed/demo-users.ts'
import { suiteBackend } from './testing/suite-backend.ts'
import { COMPANY_A, client, user } from './testing/test-backend.ts'

const server = await suiteBackend()
beforeAll(async () => {
  await server.sql.unsafe(`
    create function public.probe_who() returns text language sql as 'select current_user::text';
    create function public.probe_sleep(p_seconds float8) returns text language sql as 'select pg_sleep(p_seconds)::text';
    create function public.probe_timeouts() returns text[] language sql as
      $$ select array[current_setting('statement_timeout'), current_setting('transaction_timeout'),
                      current_setting('idle_in_transaction_session_timeout')] $$;
    create function public.probe_json(p_value jsonb) returns text language sql as 'select jsonb_typeof(p_value)';
    create function public.probe_fail(p_state text) returns void language plpgsql as
      $$ begin raise exception 'Said to people.' using errcode = p_state, hint = 'Do this.'; end $$;
    grant execute on function public.probe_who(), public.probe_sleep(float8), public.probe_timeouts(),
      public.probe_json(jsonb), public.probe_fail(text) to anon, authenticated;`)
})

/** A token signed with the real secret: the worst that a leaked secret or a confused issuer could do. */
async function forgedToken(claims: Record<string, unknown>): Promise<string> {
  const [row] = await server.sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
  const secrets = z
    .object({ jwtSecret: z.string() })
    .parse(JSON.parse(await readFile(join(dirname(row?.folder ?? ''), 'secrets.json'), 'utf8')))
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1_000)
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iat: now, exp: now + 600, ...claims })}`
  return `${body}.${createHmac('sha256', secrets.jwtSecret).update(body).digest('base64url')}`
}

function call(
  path: string,
  init: { method?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  return fetch(`${server.backend.url}${path}`, {
    method: init.method ?? 'POST',
    headers: {
      apikey: server.backend.publishableKey,
      'content-type': 'application/json',
      ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
}

describe('sign-in', () => {
  test.each(DEMO_USERS)('SY-1: $email signs in and gets the one company with its members', async (member) => {
    const supabase = await client(server.backend, member)
    const { data, error } = await supabase.rpc('my_companies')
    expect(error).toBeNull()
    const companies = z.array(workspaceSchema).parse(data)
    expect(companies).toMatchObject([{ companyId: member.companyId, companyName: member.company, role: member.role }])
    expect(companies[0]?.members).toHaveLength(5)
  })

  test('EL-1: nobody signs themselves up, and a wrong password says so', async () => {
    const supabase = await client(server.backend)
    expect(
      (await supabase.auth.signUp({ email: 'new@stranger.example', password: 'secret-enough' })).error,
    ).not.toBeNull()
    const { error } = await supabase.auth.signInWithPassword({ email: user('sales').email, password: 'wrong' })
    expect(error).toMatchObject({ status: 400, code: 'invalid_credentials' })
  })

  test('EL-1: a session is refreshed', async () => {
    const supabase = await client(server.backend, user('sales'))
    const { data, error } = await supabase.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.user?.email).toBe(user('sales').email)
  })

  test('EL-1: many people sign in to one account at once', async () => {
    const sessions = await Promise.all(Array.from({ length: 30 }, () => client(server.backend, user('sales2'))))
    expect(sessions).toHaveLength(30)
  })

  test('EL-1: guessing passwords is slowed down, for that address and email only', async () => {
    const guess = (email: string) => call('/auth/v1/token?grant_type=password', { body: { email, password: 'guess' } })
    const answers: Response[] = []
    for (let i = 0; i < 11; i++) answers.push(await guess(user('analyst').email.toUpperCase()))
    expect(answers.slice(0, 10).map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 400))
    expect(answers[10]?.status).toBe(429)
    expect(Number(answers[10]?.headers.get('retry-after'))).toBeGreaterThan(0)
    const supabase = await client(server.backend)
    const { error } = await supabase.auth.signInWithPassword({
      email: user('analyst').email,
      password: user('analyst').password,
    })
    expect(error).toMatchObject({ status: 429, message: expect.stringContaining('Too many wrong passwords') })
    expect((await guess(user('manager').email)).status).toBe(400)
  })
})

describe('guards in front of Supabase Lite', () => {
  test.each(['postgres', 'authenticator', 'pg_read_all_data'])(
    'R-2: a token that names the role %s gets nothing',
    async (role) => {
      const answer = await call('/rest/v1/rpc/probe_who', {
        token: await forgedToken({ sub: user('owner').id, role }),
        body: {},
      })
      expect(answer.ok).toBe(false)
      expect(await answer.text()).not.toContain(role === 'postgres' ? '"postgres"' : `"${role}"`)
    },
  )

  test('R-2: requests are served over connections that are nobody of importance', async () => {
    const supabase = await client(server.backend, user('owner'))
    await supabase.rpc('probe_who')
    const [row] = await server.sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity
       where usename = 'authenticator' and backend_type = 'client backend'`
    expect(row?.n).toBeGreaterThan(0)
    const [role] = await server.sql`select rolsuper, rolbypassrls from pg_roles where rolname = 'authenticator'`
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false })
  })

  test('R-2: the token of a user is taken as that user', async () => {
    const answer = await call('/rest/v1/rpc/probe_who', {
      token: await forgedToken({ sub: user('owner').id, role: 'authenticated' }),
      body: {},
    })
    expect(await answer.json()).toBe('authenticated')
  })

  test('R-2: serving requests has granted nothing to anon', async () => {
    await call('/rest/v1/customers?select=id', { method: 'GET' })
    const granted = await server.sql`
      select c.relname from pg_class c cross join lateral aclexplode(c.relacl) a
       where c.relnamespace = 'public'::regnamespace and a.grantee = 'anon'::regrole`
    expect(granted).toEqual([])
  })

  test('R-2: a table whose row-level security comes later is not left open', async () => {
    await server.sql.unsafe(
      `create table public.late (id int primary key); insert into public.late values (1); grant select on public.late to authenticated`,
    )
    const supabase = await client(server.backend, user('owner'))
    await supabase.from('late').select('*')
    await server.sql`alter table public.late enable row level security`
    expect((await supabase.from('late').select('*')).data ?? []).toEqual([])
    await server.sql`drop table public.late`
  })

  test('DB-9: an update without a filter is refused', async () => {
    const supabase = await client(server.backend, user('owner'))
    const { error } = await supabase.from('customers').update({ customer_notes: 'all of you' })
    expect(error).not.toBeNull()
    const [row] = await server.sql`select count(*)::int as n from public.customers where customer_notes = 'all of you'`
    expect(row?.n).toBe(0)
  })

  test.each([
    ['object', { a: [1] }],
    ['array', [1, 'x']],
    ['string', 'text'],
    ['string', '{"looks": "like json"}'],
    ['number', 5],
  ])('DB-9: a JSON argument arrives as the %s that was sent', async (type, value) => {
    const answer = await call('/rest/v1/rpc/probe_json', { body: { p_value: value } })
    // A text that is JSON itself can't be told from an encoded one; the driver is given the benefit.
    expect(await answer.json()).toBe(value === '{"looks": "like json"}' ? 'object' : type)
  })

  test('DB-9: times are ISO 8601 to the microsecond, transaction ids keep their digits', async () => {
    await server.sql`update public.customers set created_at = '2026-01-02 03:04:05.678901+00' where company_id = ${COMPANY_A}`
    const supabase = await client(server.backend, user('owner'))
    const { data } = await supabase.from('customers').select('created_at, rev').limit(1)
    expect(data).toMatchObject([
      { created_at: '2026-01-02T03:04:05.678901+00:00', rev: expect.stringMatching(/^\d+$/) },
    ])
  })

  test.each([
    ['P0001', 400],
    ['23514', 400],
    ['23505', 409],
    ['22023', 400],
    ['42501', 403],
    ['40001', 500],
    ['55000', 500],
  ])('DB-9: an error %s keeps its code, its words and its status', async (state, status) => {
    const supabase = await client(server.backend, user('owner'))
    const answer = await supabase.rpc('probe_fail', { p_state: state })
    expect(answer.status).toBe(status)
    expect(answer.error).toMatchObject({ code: state, message: 'Said to people.', hint: 'Do this.' })
  })

  test('DB-9: a statement of a stranger ends, however long it would take', async () => {
    const stranger = createClient(server.backend.url, server.backend.publishableKey, {
      auth: { persistSession: false },
    })
    const { error } = await stranger.rpc('probe_sleep', { p_seconds: 20 })
    expect(error).toMatchObject({ code: '57014' })
  })

  test('DB-9: nobody keeps a connection busy for ever, strangers less long than users', async () => {
    const supabase = await client(server.backend, user('owner'))
    expect((await supabase.rpc('probe_timeouts')).data).toEqual(['8s', '15s', '10s'])
    const stranger = await client(server.backend)
    expect((await stranger.rpc('probe_timeouts')).data).toEqual(['3s', '15s', '10s'])
  })

  test('DB-9: a wrong key is refused', async () => {
    expect(
      (await call('/rest/v1/customers', { method: 'GET', headers: { apikey: 'sb_publishable_other' } })).status,
    ).toBe(401)
  })
})

describe('other origins', () => {
  test.each(['/auth/v1/token?grant_type=password', '/rest/v1/rpc/sync_pull', '/rest/v1/customers'])(
    'EL-1: a browser may call %s from app://',
    async (path) => {
      const asked = await fetch(`${server.backend.url}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'app://crm',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'apikey,authorization,x-client-info',
        },
      })
      expect(asked.status).toBe(204)
      expect(asked.headers.get('access-control-allow-headers')).toContain('x-client-info')
      const answered = await call(path, { body: {}, headers: { origin: 'app://crm' } })
      expect(answered.headers.get('access-control-allow-origin')).toBe('*')
    },
  )

  test.each(['/storage/v1/bucket', '/realtime/v1/websocket', '/', '/studio'])(
    'EL-1: there is nothing at %s',
    async (path) => {
      expect((await call(path, { method: 'GET' })).status).toBe(404)
    },
  )
})
