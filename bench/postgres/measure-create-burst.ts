import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { type Backend, startBackend } from '#database/embedded/backend.ts'
import { DEMO_COMPANIES, DEMO_USERS } from '#database/embedded/seed/demo-users.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'

const USERS = 100
const ROUNDS = 10
/** Seconds until all of them are done. */
const TARGET = 1
const COMPANY = DEMO_COMPANIES.northbuild.id

/**
 * PF-11: a hundred clients push one new customer each at the same moment; the time until the last one
 * has its verdict. Every customer is counted afterwards. `rows` customers are there before. Against
 * a hundred plain PostgREST inserts.
 */
export async function measureCreateBurst(rows: number, say: (text: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-bench-'))
  const removeData = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  say(`PF-11: filling Postgres with ${rows.toLocaleString('en')} customers`)
  const started = await startBackend({ port: 0, dataDir: join(folder, 'data'), customers: rows })
  if (!started.ok) {
    removeData()
    throw new Error(started.error.message)
  }
  try {
    const clients = await signedIn(started.value)
    say(`PF-11: ${ROUNDS} bursts of ${USERS} creations`)
    const ours: number[] = []
    const plain: number[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const pushed = await burst(clients, pushOne)
      const inserted = await burst(clients, insertOne)
      // The first round opens the connections.
      if (round >= 0) ours.push(pushed)
      if (round >= 0) plain.push(inserted)
    }
    await expectAll(started.value.postgresUrl, USERS * (ROUNDS + 1))
    const p95 = percentile(ours, 0.95)
    return [
      {
        id: 'PF-11',
        what: `Postgres: ${USERS} users create a customer at once, all done`,
        rows,
        unit: 's',
        p50: rounded(percentile(ours, 0.5)),
        p95: rounded(p95),
        max: rounded(Math.max(...ours)),
        target: TARGET,
        pass: p95 <= TARGET,
        baseline: { name: 'PostgREST insert, p95', value: rounded(percentile(plain, 0.95)) },
        ratio: rounded(percentile(plain, 0.95) / p95),
      },
    ]
  } finally {
    await started.value.close()
    removeData()
  }
}

/** A hundred clients of the members who may create, each with the session of one of them. */
async function signedIn(backend: Backend): Promise<SupabaseClient[]> {
  const members = DEMO_USERS.filter(({ companyId, role }) => companyId === COMPANY && role !== 'analyst')
  const tokens: string[] = []
  for (const { email, password } of members) {
    const client = createClient(backend.url, backend.publishableKey, { auth: { persistSession: false } })
    const { data, error } = await client.auth.signInWithPassword({ email, password })
    if (error !== null) throw error
    tokens.push(data.session.access_token)
  }
  return Array.from({ length: USERS }, (_, index) =>
    createClient(backend.url, backend.publishableKey, {
      accessToken: async () => tokens[index % tokens.length] ?? null,
    }),
  )
}

async function burst(
  clients: readonly SupabaseClient[],
  create: (client: SupabaseClient, index: number) => Promise<void>,
): Promise<number> {
  const from = performance.now()
  await Promise.all(clients.map(create))
  return (performance.now() - from) / 1_000
}

async function pushOne(client: SupabaseClient, index: number): Promise<void> {
  const now = new Date().toISOString()
  const { data, error } = await client.rpc('sync_push', {
    p_company: COMPANY,
    p_collection: 'customers',
    p_mutations: [
      {
        op: 'create',
        mutationId: crypto.randomUUID(),
        id: crypto.randomUUID(),
        editedAt: now,
        createdAt: now,
        source: 'manual',
        changes: {
          name: `Pushed Burst ${index}`,
          email: `burst${index}@example.com`,
          phone: `0412 ${String(index).padStart(6, '0')}`,
        },
      },
    ],
  })
  if (error !== null) throw error
  if (data.verdicts[0]?.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(data)}`)
}

async function insertOne(client: SupabaseClient, index: number): Promise<void> {
  const { error } = await client.from('customers').insert({
    id: crypto.randomUUID(),
    company_id: COMPANY,
    customer_name: `Inserted Burst ${index}`,
    customer_email: `burst${index}@example.com`,
    customer_phone: `0412 ${String(index).padStart(6, '0')}`,
    source: 'manual',
  })
  if (error !== null) throw error
}

/** Fast and lost would be no creation. */
async function expectAll(url: string, wanted: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from public.customers where customer_name like 'Pushed Burst %'`
  await sql.end()
  if (row?.n !== wanted) throw new Error(`of ${wanted} customers ${row?.n} are there`)
}
