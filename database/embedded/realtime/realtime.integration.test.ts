import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { DemoMember } from '../seed/demo-users.ts'
import { suiteBackend } from '../testing/suite-backend.ts'
import { asUser, COMPANY_A, COMPANY_B, client, user } from '../testing/test-backend.ts'

const server = await suiteBackend(30)
const { sql } = server

const open: SupabaseClient[] = []
afterEach(async () => {
  for (const supabase of open.splice(0)) await supabase.realtime.disconnect()
})

interface Listener {
  readonly supabase: SupabaseClient
  readonly channel: RealtimeChannel
  /** Collections of each hint, in the order of arrival. */
  readonly hints: string[][]
  /** States of the subscription, with the reason where there is one. */
  readonly states: string[]
}

const hintSchema = (payload: unknown): string[] => {
  const { collections } = payload as { collections: string[] }
  // Nothing but names ever goes over the wire.
  expect(Object.keys(payload as object)).toEqual(['collections'])
  return [...collections].sort()
}

/** An unmodified supabase-js that listens to a company's topic. */
async function listen(
  member: DemoMember | undefined,
  company = COMPANY_A,
  settings = { private: true },
): Promise<Listener> {
  const supabase = await client(server.backend, member)
  open.push(supabase)
  return subscribe(supabase, company, settings)
}

async function subscribe(
  supabase: SupabaseClient,
  company = COMPANY_A,
  settings = { private: true },
): Promise<Listener> {
  const hints: string[][] = []
  const states: string[] = []
  const channel = supabase.channel(`company:${company}`, { config: settings })
  channel.on('broadcast', { event: 'changed' }, ({ payload }) => hints.push(hintSchema(payload)))
  await new Promise<void>((resolve) => {
    channel.subscribe((state, error) => {
      states.push(error === undefined ? state : `${state}: ${error.message}`)
      resolve()
    })
  })
  return { supabase, channel, hints, states }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`)
    await wait(10)
  }
}

const insertCustomer = (company = COMPANY_A) =>
  sql`insert into public.customers (company_id, customer_name) values (${company}, 'Hint')`

const create = () => ({
  op: 'create',
  mutationId: crypto.randomUUID(),
  id: crypto.randomUUID(),
  editedAt: new Date().toISOString(),
  createdAt: new Date().toISOString(),
  source: 'import',
  changes: { name: 'Pushed' },
})

const pushMany = (count: number) =>
  asUser(
    sql,
    user('manager').id,
    (tx) => tx`
    select public.sync_push(${COMPANY_A}, 'customers', ${JSON.stringify(Array.from({ length: count }, create))}::text::json)`,
  )

describe('hints', () => {
  test('SY-6: a member hears of another’s write, and who it was not for doesn’t', async () => {
    const rep = await listen(user('sales'))
    const neighbour = await listen(user('sales', COMPANY_B), COMPANY_B)
    expect([rep.states, neighbour.states]).toEqual([['SUBSCRIBED'], ['SUBSCRIBED']])
    await pushMany(1)
    await until(() => rep.hints.length > 0, 'the hint')
    await wait(100)
    expect(rep.hints).toEqual([['activity', 'customers']])
    expect(neighbour.hints).toEqual([])
  })

  test('SY-6: a push of 1,000 rows is one hint; so are many statements of one transaction', async () => {
    const rep = await listen(user('sales'))
    await pushMany(1_000)
    await until(() => rep.hints.length > 0, 'the hint')
    await sql.begin(async (tx) => {
      for (let i = 0; i < 5; i++) {
        await tx`insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Statement')`
      }
      await tx`insert into public."VC Usage" (company_id, session_id) values (${COMPANY_A}, 's')`
    })
    await until(() => rep.hints.length > 1, 'the second hint')
    await wait(150)
    expect(rep.hints.length).toBe(2)
    expect(rep.hints[0]).toEqual(['activity', 'customers'])
    expect(rep.hints[1]).toEqual(expect.arrayContaining(['activity', 'conversations', 'customers']))
    expect(await sql`select from private.pending_hints`).toHaveLength(0)
  })

  test('SY-6: a transaction that is rolled back says nothing, a savepoint only what it kept', async () => {
    const rep = await listen(user('sales'))
    await sql
      .begin(async (tx) => {
        await tx`insert into public.customers (company_id, customer_name) values (${COMPANY_A}, 'Never')`
        throw new Error('back')
      })
      .catch(() => undefined)
    await sql.begin(async (tx) => {
      await tx
        .savepoint(async (inner) => {
          await inner`insert into public.quotes (company_id, customer_id, quote_number, currency)
            select company_id, id, 'Q-hint', 'EUR' from public.customers where company_id = ${COMPANY_A} limit 1`
          throw new Error('back')
        })
        .catch(() => undefined)
      await tx`insert into public.import_batches (company_id, user_id, file_name) values (${COMPANY_A}, ${user('sales').id}, 'a.csv')`
    })
    await until(() => rep.hints.length > 0, 'the hint')
    await wait(100)
    expect(rep.hints).toHaveLength(1)
    expect(rep.hints[0]).toContain('importBatches')
    expect(rep.hints[0]).not.toContain('quotes')
    expect(rep.hints[0]).not.toContain('customers')
  })

  test('SY-6: a database without Realtime, or with one that fails, takes every write', async () => {
    await sql`alter function realtime.send(jsonb, text, text, boolean) rename to send_away`
    try {
      await insertCustomer()
      await sql`create function realtime.send(jsonb, text, text, boolean) returns void language plpgsql as
        $$ begin raise exception 'no'; end $$`
      await insertCustomer()
      await sql`drop function realtime.send(jsonb, text, text, boolean)`
    } finally {
      await sql`alter function realtime.send_away(jsonb, text, text, boolean) rename to send`
    }
    expect((await sql`select from public.customers where customer_name = 'Hint'`).length).toBeGreaterThanOrEqual(2)
  })
})

describe('who may listen', () => {
  test.each([
    ['somebody of another company', () => listen(user('owner', COMPANY_B))],
    ['a stranger with the publishable key', () => listen(undefined)],
    ['a member on a public channel of the same name', () => listen(user('owner'), COMPANY_A, { private: false })],
    ['a member on a topic that isn’t a company', () => listen(user('owner'), crypto.randomUUID())],
  ])('R-2: %s is refused and hears nothing', async (_, attempt) => {
    const stranger = await attempt()
    expect(stranger.states[0]).toMatch(/^CHANNEL_ERROR: /)
    await insertCustomer()
    await wait(150)
    expect(stranger.hints).toEqual([])
  })

  test('SY-5: who is let go hears of it, then nothing more, and can’t come back', async () => {
    const rep = user('sales2')
    const listener = await listen(rep)
    expect(listener.states).toEqual(['SUBSCRIBED'])
    await sql`delete from public.company_members where user_id = ${rep.id}`
    await until(() => listener.states.includes('CLOSED'), 'the end of the channel')
    expect(listener.hints.flat()).toContain('workspace')
    const heard = listener.hints.length
    await insertCustomer()
    await wait(150)
    expect(listener.hints.length).toBe(heard)
    expect((await subscribe(listener.supabase)).states[0]).toMatch(/^CHANNEL_ERROR: .*permission/)
    await sql`insert into public.company_members (user_id, company_id, role, display_name) values (${rep.id}, ${COMPANY_A}, 'sales', ${rep.name})`
  })

  test('R-2: a member can’t make others hear anything', async () => {
    const rep = await listen(user('sales'))
    const colleague = await listen(user('manager'))
    await colleague.channel.send({ type: 'broadcast', event: 'changed', payload: { collections: ['forged'] } })
    await insertCustomer()
    await until(() => rep.hints.length > 0, 'the true hint')
    expect(rep.hints.flat()).not.toContain('forged')
    const supabase = await client(server.backend, user('owner'))
    const { error } = await supabase.schema('realtime').from('messages').select('*')
    expect(error).not.toBeNull()
  })

  test('EL-1: a connection without the project’s key is refused, and so is any other address', async () => {
    const refused = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`${server.backend.url.replace('http', 'ws')}${path}`)
        socket.on('unexpected-response', (_request, response) => {
          socket.terminate()
          resolve(response.statusCode ?? 0)
        })
        socket.on('open', () => reject(new Error('was let in')))
        socket.on('error', () => {})
      })
    expect(await refused('/realtime/v1/websocket')).toBe(401)
    expect(await refused('/realtime/v1/websocket?apikey=wrong')).toBe(401)
    expect(await refused(`/other?apikey=${server.backend.publishableKey}`)).toBe(404)
  })
})

describe('tokens', () => {
  /** A token of our own making, as GoTrue would sign it. */
  async function token(member: DemoMember, seconds: number): Promise<string> {
    const { jwtSecret } = JSON.parse(await readFile(join(server.dataDir, 'secrets.json'), 'utf8')) as {
      jwtSecret: string
    }
    const exp = Math.floor(Date.now() / 1_000) + seconds
    const parts = [{ alg: 'HS256' }, { sub: member.id, role: 'authenticated', exp }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return `${parts}.${createHmac('sha256', jwtSecret).update(parts).digest('base64url')}`
  }

  test('SY-6: an expired token ends the channel; a renewed one keeps it', async () => {
    const rep = user('sales')
    const [expiring, renewed] = [await client(server.backend), await client(server.backend)]
    open.push(expiring, renewed)
    // Time enough for a busy machine to subscribe.
    await expiring.realtime.setAuth(await token(rep, 4))
    await renewed.realtime.setAuth(await token(rep, 4))
    const [lost, kept] = [await subscribe(expiring), await subscribe(renewed)]
    expect([lost.states, kept.states]).toEqual([['SUBSCRIBED'], ['SUBSCRIBED']])
    await renewed.realtime.setAuth(await token(rep, 60))
    await until(() => lost.states.includes('CLOSED'), 'the end of the channel')
    await insertCustomer()
    await until(() => kept.hints.length > 0, 'the hint')
    expect(lost.hints).toEqual([])
    expect(kept.states).toEqual(['SUBSCRIBED'])

    // And back again with a good one.
    await expiring.realtime.setAuth(await token(rep, 60))
    const again = await subscribe(expiring)
    expect(again.states).toEqual(['SUBSCRIBED'])
  })

  test('R-2: a token renewed with somebody else’s ends the channel', async () => {
    const supabase = await client(server.backend)
    open.push(supabase)
    await supabase.realtime.setAuth(await token(user('sales'), 60))
    const rep = await subscribe(supabase)
    await supabase.realtime.setAuth(await token(user('sales', COMPANY_B), 60))
    await until(() => rep.states.includes('CLOSED'), 'the end of the channel')
  })
})

test('SY-6: a connection that breaks comes back by itself and hears again', async () => {
  const rep = await listen(user('sales'))
  // As a dying network ends it: the client learns it from its socket.
  const socket = Reflect.get(Reflect.get(rep.supabase.realtime, 'socketAdapter') as object, 'socket') as {
    conn: { close: (code: number) => void }
  }
  socket.conn.close(3_001)
  await until(() => rep.states.filter((state) => state === 'SUBSCRIBED').length === 2, 'the new subscription')
  rep.hints.length = 0
  await insertCustomer()
  await until(() => rep.hints.length > 0, 'the hint')
})
