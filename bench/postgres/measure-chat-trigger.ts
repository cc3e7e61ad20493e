import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { z } from 'zod'
import { startBackend } from '#database/embedded/backend.ts'
import { DEMO_USERS } from '#database/embedded/seed/demo-users.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { BENCH_COMPANY, loadManyCustomers } from './many-customers.ts'

const SAMPLES = 2_000
const WARM_UP = 200
/** Milliseconds that the slowest chat of a hundred may take. */
const TARGET_P99 = 5
const TRIGGER = 'trg_sync_customer_from_chat_insert'

interface Known {
  readonly name: string
  readonly email: string
  readonly phone: string
}

/**
 * PF-10: one chat, as the assistant inserts it, with `rows` customers in its company and ten times as
 * many in all. Of the chats 4 in 10 bring a known e-mail, 2 a known phone, 1 a name alone, and 3 come
 * from somebody new. Two lines: the trigger alone, by Postgres' own clock (EXPLAIN ANALYZE), and the
 * whole INSERT with its way there and its commit, against the same INSERT with the triggers off.
 */
export async function measureChatTrigger(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const user = DEMO_USERS.find(({ role }) => role === 'sales')
  if (user === undefined) throw new Error('the demo seed has no sales rep')
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-bench-'))
  const removeData = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  const started = await startBackend({ port: 0, dataDir: join(folder, 'data'), customers: 10 })
  if (!started.ok) {
    removeData()
    throw new Error(started.error.message)
  }
  const sql = postgres(started.value.postgresUrl, { max: 1, onnotice: () => {} })
  try {
    say(`PF-10: filling Postgres with ${(rows * 10).toLocaleString('en')} customers`)
    await loadManyCustomers(sql, rows, user.id)
    const known = await sql<Known[]>`
      select customer_name as name, customer_email as email, customer_phone as phone
        from public.customers where company_id = ${BENCH_COMPANY} order by hashtext(id::text) limit ${SAMPLES + WARM_UP}`
    say('PF-10: triggers off, then on, then the trigger alone')
    const insert = async (chat: Chat) => {
      const from = performance.now()
      await sql`insert into public."VC Usage" ${sql(chat)}`
      return performance.now() - from
    }
    const trigger = async (chat: Chat) => {
      const [plan] = await sql`explain (analyze, format json) insert into public."VC Usage" ${sql(chat)}`
      return explained.parse(plan?.['QUERY PLAN']).at(0) ?? Number.NaN
    }
    await sql`select private.set_chat_sync(false)`
    const off = await timeChats(known, 1, insert)
    await sql`select private.set_chat_sync(true)`
    const on = await timeChats(known, 2, insert)
    const alone = await timeChats(known, 3, trigger)
    return [
      line(
        'the trigger that links a chat, alone',
        alone,
        TARGET_P99,
        { name: 'the whole INSERT, p95', times: on },
        rows,
      ),
      line('INSERT and commit of a chat, linked', on, TARGET_P99, { name: 'triggers off, p95', times: off }, rows),
    ]
  } finally {
    await sql.end({ timeout: 5 })
    await started.value.close()
    removeData()
  }
}

type Chat = ReturnType<typeof chatOf>

/** Of each plan, the milliseconds of the trigger. */
const explained = z.array(
  z
    .object({ Triggers: z.array(z.object({ 'Trigger Name': z.string(), Time: z.number() })) })
    .transform((plan) => plan.Triggers.find((each) => each['Trigger Name'] === TRIGGER)?.Time),
)

/** One after the other, and how long each took; the first are for warming up. */
async function timeChats(
  known: readonly Known[],
  run: number,
  time: (chat: Chat) => Promise<number>,
): Promise<number[]> {
  const times: number[] = []
  for (const [index, person] of known.entries()) {
    const ms = await time(chatOf(person, index, run))
    if (index >= WARM_UP) times.push(ms)
  }
  return times
}

function line(
  what: string,
  times: readonly number[],
  target: number,
  baseline: { readonly name: string; readonly times: readonly number[] },
  rows: number,
): Measurement {
  const p95 = percentile(times, 0.95)
  const p99 = percentile(times, 0.99)
  const value = percentile(baseline.times, 0.95)
  return {
    id: 'PF-10',
    what: `Postgres: ${what}; p99 ${rounded(p99)} ms`,
    rows,
    unit: 'ms',
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(p95),
    max: rounded(Math.max(...times)),
    target,
    // The specification asks for the p99, which is stricter than the p95 of the table.
    pass: p99 <= target,
    baseline: { name: baseline.name, value: rounded(value) },
    ratio: rounded(value / p95),
  }
}

function chatOf(person: Known, index: number, run: number) {
  const kind = index % 10
  const chat = { company_id: BENCH_COMPANY, session_id: `${run}-${index}`, customer_email: null, customer_phone: null }
  if (kind < 4) return { ...chat, customer_name: person.name, customer_email: person.email }
  if (kind < 6) return { ...chat, customer_name: person.name, customer_phone: person.phone }
  if (kind < 7) return { ...chat, customer_name: person.name }
  return {
    ...chat,
    customer_name: `New ${run} Visitor${index}`,
    customer_email: `new-${run}-${index}@chats.example`,
    customer_phone: `+44 7700 ${run}${String(index).padStart(5, '0')}`,
  }
}
