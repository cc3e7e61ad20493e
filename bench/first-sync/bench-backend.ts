import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { type Backend, startBackend } from '#database/embedded/backend.ts'
import { buildWhenStale } from '#scripts/build-when-stale.ts'
import { webHost } from '#scripts/web-host.ts'
import { stockPage } from './stock-page.ts'
import { makeStockTable, STOCK_TABLE } from './stock-table.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** A backend with `customers` customers that serves both clients: the built app, and the stock one. */
export interface BenchBackend {
  readonly backend: Backend
  readonly user: Backend['users'][number]
  /** Live customers that the user sees, and the e-mail address of the one that a first sync gets last. */
  readonly rows: number
  readonly lastEmail: string
  readonly close: () => Promise<void>
}

/** Builds the app where needed, and starts Postgres with its data in a temporary folder. */
export async function startBenchBackend(customers: number, say: (text: string) => void): Promise<BenchBackend> {
  buildWhenStale(ROOT, ['web'], say)
  const page = await stockPage()
  const dataDir = mkdtempSync(join(tmpdir(), 'tradesphere-bench-'))
  let running: Backend | null = null
  const app = webHost(join(ROOT, 'out/web'), () => {
    if (running === null) throw new Error('asked for its address before it listens')
    return { supabaseUrl: running.url, publishableKey: running.publishableKey }
  })
  const started = await startBackend({
    port: 0,
    dataDir,
    customers,
    fallback: async (request) => page(request) ?? app(request),
  })
  const removeData = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  if (!started.ok) {
    removeData()
    throw new Error(started.error.message)
  }
  const backend = started.value
  running = backend
  const close = async () => {
    await backend.close()
    removeData()
  }
  try {
    return { backend, ...(await prepare(backend)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepare(backend: Backend): Promise<Pick<BenchBackend, 'user' | 'rows' | 'lastEmail'>> {
  const user = backend.users.find(({ role }) => role === 'owner')
  if (user === undefined) throw new Error('the demo seed has no owner')
  const sql = postgres(backend.postgresUrl, { max: 1, onnotice: () => {} })
  try {
    await makeStockTable(sql)
    const [seen] = await sql<{ rows: number; last: string }[]>`
      with mine as (
        select c.* from public.customers c join public.companies o on o.id = c.company_id
        where o.name = ${user.company} and c.deleted_at is null
      )
      select count(*)::int as rows,
        (select customer_email from mine where customer_email is not null order by rev desc, id desc limit 1) as last
      from mine`
    const [stock] = await sql<{ rows: number }[]>`
      select count(*)::int as rows from public.${sql(STOCK_TABLE)} b join public.companies o on o.id = b.company_id
      where o.name = ${user.company} and not b._deleted`
    if (seen === undefined || seen.rows !== stock?.rows) throw new Error('the two clients would not get the same rows')
    return { user, rows: seen.rows, lastEmail: seen.last }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
