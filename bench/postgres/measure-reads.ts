import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { startBackend } from '#database/embedded/backend.ts'
import { DEMO_USERS } from '#database/embedded/seed/demo-users.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { BENCH_COMPANY, loadManyCustomers } from './many-customers.ts'

const SAMPLES = 200
const WARM_UP = 20
/** The naive forms take seconds: fewer are enough. */
const BASELINE_SAMPLES = 25

interface Customer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly address: string
}

interface Work {
  readonly what: string
  readonly target: number
  readonly ours: (tx: TransactionSql, customer: Customer, index: number) => PromiseLike<unknown>
  readonly baselineName: string
  readonly baseline: (tx: TransactionSql, customer: Customer, index: number) => PromiseLike<unknown>
}

/**
 * PF-9: what Postgres answers without a replica, with `rows` customers in a company and ten times as
 * many in all, row-level security on, in the role of a request. Against the same questions asked
 * naively, in the same run, under the same policies.
 */
export async function measureReads(rows: number, say: (text: string) => void): Promise<Measurement[]> {
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
    say(`PF-9: filling Postgres with ${(rows * 10).toLocaleString('en')} customers`)
    await loadManyCustomers(sql, rows, user.id)
    const customers = await sql<Customer[]>`
      select id, customer_name as name, customer_email as email, customer_phone as phone, customer_address as address
        from public.customers where company_id = ${BENCH_COMPANY} order by hashtext(id::text) limit ${SAMPLES + WARM_UP}`
    const hot = await sql<{ id: string }[]>`
      select distinct customer_id as id from public."VC Usage" where company_id = ${BENCH_COMPANY} limit ${SAMPLES}`
    const measurements: Measurement[] = []
    for (const work of [listPage(rows), search(), customerWithHistory(hot.map(({ id }) => id))]) {
      say(`PF-9: ${work.what}`)
      measurements.push(await measure(sql, work, rows, user.id, customers))
    }
    return measurements
  } finally {
    await sql.end({ timeout: 5 })
    await started.value.close()
    removeData()
  }
}

/** In the middle of the list: behind a random customer. */
function listPage(rows: number): Work {
  return {
    what: 'Postgres: list page of 50, anywhere in the list',
    target: 10,
    ours: (tx, customer) => tx`select public.list_customers(${BENCH_COMPANY}, 'name', ${customer.id}, 50)`,
    baselineName: 'OFFSET',
    baseline: (tx, _, index) => tx`
      select * from public.customers where deleted_at is null
       order by lower(customer_name), id limit 50 offset ${Math.floor((rows * (index % 25)) / 25)}`,
  }
}

/** What people type: beginnings and whole names, a town with a name, numbers, addresses, e-mail, a typing error. */
function search(): Work {
  const typed = ({ name, email, phone, address }: Customer, index: number): string => {
    const [first = '', last = ''] = name.split(' ')
    const kinds = [
      first.slice(0, 2),
      name.slice(0, first.length + 3),
      name.toLowerCase(),
      last,
      `${last} ${address.split(', ')[1]}`,
      email.slice(0, email.indexOf('@') + 3),
      phone.slice(-6),
      `0${phone.slice(3)}`,
      address.split(',')[0] ?? '',
      address.split(' ').slice(1, 3).join(' '),
      // Two letters swapped: nothing is found, so that the fuzzy search comes behind the exact one.
      `${first} ${last.slice(0, 1)}${last.slice(1, 3).split('').toReversed().join('')}${last.slice(3)}`,
    ]
    return kinds[index % kinds.length] ?? name
  }
  return {
    what: 'Postgres: search, 20 hits',
    target: 20,
    ours: (tx, customer, index) => tx`select public.search_customers(${BENCH_COMPANY}, ${typed(customer, index)})`,
    baselineName: 'ILIKE on each column',
    baseline: (tx, customer, index) => {
      const pattern = `%${typed(customer, index)}%`
      return tx`
        select * from public.customers
         where deleted_at is null and (customer_name ilike ${pattern} or customer_email ilike ${pattern}
               or customer_phone ilike ${pattern} or customer_address ilike ${pattern})
         order by lower(customer_name), id limit 20`
    },
  }
}

/** Half of them have 200 conversations, half have none. */
function customerWithHistory(hot: readonly string[]): Work {
  const idOf = (customer: Customer, index: number) =>
    (index % 2 === 0 ? hot[index % hot.length] : undefined) ?? customer.id
  return {
    what: 'Postgres: customer with its last 50 conversations',
    target: 10,
    ours: (tx, customer, index) => tx`select public.get_customer(${BENCH_COMPANY}, ${idOf(customer, index)})`,
    baselineName: 'four queries, all conversations',
    baseline: async (tx, customer, index) => {
      const id = idOf(customer, index)
      await tx`select * from public.customers where id = ${id}`
      await tx`select * from public."VC Usage" where customer_id = ${id} order by created_at desc`
      await tx`select * from public.quotes where customer_id = ${id} order by created_at desc`
      await tx`select * from public.customer_interactions where customer_id = ${id} order by viewed_at desc`
    },
  }
}

async function measure(
  sql: Sql,
  work: Work,
  rows: number,
  userId: string,
  customers: readonly Customer[],
): Promise<Measurement> {
  const times = async (run: Work['ours'], samples: number, warmUp: number) => {
    const taken: number[] = []
    for (let index = 0; index < samples + warmUp; index++) {
      const customer = customers[index % customers.length]
      if (customer === undefined) throw new Error('there are no customers')
      await sql.begin(async (tx) => {
        const claims = JSON.stringify({ role: 'authenticated', sub: userId })
        await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`
        const from = performance.now()
        await run(tx, customer, index)
        taken.push(performance.now() - from)
      })
    }
    return taken.slice(warmUp)
  }
  const ours = await times(work.ours, SAMPLES, WARM_UP)
  const baseline = percentile(await times(work.baseline, BASELINE_SAMPLES, 2), 0.95)
  const p95 = percentile(ours, 0.95)
  return {
    id: 'PF-9',
    what: work.what,
    rows,
    unit: 'ms',
    p50: rounded(percentile(ours, 0.5)),
    p95: rounded(p95),
    max: rounded(Math.max(...ours)),
    target: work.target,
    pass: p95 <= work.target,
    baseline: { name: work.baselineName, value: rounded(baseline) },
    ratio: rounded(baseline / p95),
  }
}
