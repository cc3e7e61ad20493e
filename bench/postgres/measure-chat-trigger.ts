import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { startBackend } from '#database/embedded/backend.ts'
import { DEMO_USERS } from '#database/embedded/seed/demo-users.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { BENCH_COMPANY, loadManyCustomers } from './many-customers.ts'

const SAMPLES = 2_000
const WARM_UP = 200
/** Milliseconds that the slowest chat of a hundred may take. */
const TARGET_P99 = 5

interface Known {
  readonly name: string
  readonly email: string
  readonly phone: string
}

/**
 * PF-10: the INSERT of one chat, as the assistant does it, commit included, with `rows` customers in
 * its company and ten times as many in all. Of the chats 4 in 10 bring a known e-mail, 2 a known
 * phone, 1 a name alone, and 3 come from somebody new. Against the same INSERT with the triggers off.
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
    say('PF-10: triggers off, then on')
    await sql`select private.set_chat_sync(false)`
    const off = await insertChats(sql, known, 'off')
    await sql`select private.set_chat_sync(true)`
    const on = await insertChats(sql, known, 'on')
    const p99 = percentile(on, 0.99)
    return [
      {
        id: 'PF-10',
        what: `Postgres: one chat, linked by the trigger; p99 ${rounded(p99)} ms (off: ${rounded(percentile(off, 0.99))})`,
        rows,
        unit: 'ms',
        p50: rounded(percentile(on, 0.5)),
        p95: rounded(percentile(on, 0.95)),
        max: rounded(Math.max(...on)),
        target: TARGET_P99,
        // The specification asks for the p99, which is stricter than the p95 of the table.
        pass: p99 <= TARGET_P99,
        baseline: { name: 'triggers off, p95', value: rounded(percentile(off, 0.95)) },
        ratio: rounded(percentile(off, 0.95) / percentile(on, 0.95)),
      },
    ]
  } finally {
    await sql.end({ timeout: 5 })
    await started.value.close()
    removeData()
  }
}

async function insertChats(sql: Sql, known: readonly Known[], run: string): Promise<number[]> {
  const times: number[] = []
  for (const [index, person] of known.entries()) {
    const chat = { company_id: BENCH_COMPANY, session_id: `${run}-${index}`, ...says(person, index, run) }
    const from = performance.now()
    await sql`insert into public."VC Usage" ${sql(chat)}`
    if (index >= WARM_UP) times.push(performance.now() - from)
  }
  return times
}

function says(person: Known, index: number, run: string) {
  const kind = index % 10
  const nothing = { customer_name: null, customer_email: null, customer_phone: null }
  if (kind < 4) return { ...nothing, customer_name: person.name, customer_email: person.email }
  if (kind < 6) return { ...nothing, customer_name: person.name, customer_phone: person.phone }
  if (kind < 7) return { ...nothing, customer_name: person.name }
  return {
    customer_name: `New ${run} Visitor${index}`,
    customer_email: `new-${run}-${index}@chats.example`,
    customer_phone: `+44 7700 ${run === 'on' ? 9 : 8}${String(index).padStart(5, '0')}`,
  }
}
