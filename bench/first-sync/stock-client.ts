import { createClient } from '@supabase/supabase-js'
import { createRxDatabase, type RxJsonSchema } from 'rxdb'
import { replicateSupabase } from 'rxdb/plugins/replication-supabase'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

/** Runs in the browser: the stock way to replicate a Supabase table into RxDB. */
export interface StockRun {
  readonly url: string
  readonly publishableKey: string
  readonly email: string
  readonly password: string
  readonly table: string
  readonly batchSize: number
}

const text = { type: ['string', 'null'] } as const
/** The columns of the table as they are: what a reader of RxDB's guide would write. */
const SCHEMA: RxJsonSchema<Record<string, unknown>> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    company_id: { type: 'string' },
    customer_name: { type: 'string' },
    customer_email: text,
    customer_phone: text,
    customer_address: text,
    customer_notes: text,
    tags: { type: 'array', items: { type: 'string' } },
    source: { type: 'string' },
    owner_id: text,
    created_by_user_id: text,
    created_by_user_name: text,
    created_at: { type: 'string' },
    updated_at: { type: 'string' },
    last_seen_at: text,
    conversation_count: { type: 'integer' },
    view_count: { type: 'integer' },
  },
  required: ['id', 'company_id', 'customer_name'],
}

/** Signs in, replicates everything once, and answers the milliseconds and the rows that are in the replica. */
export async function stockFirstSync(run: StockRun): Promise<{ readonly ms: number; readonly rows: number }> {
  const started = performance.now()
  const client = createClient(run.url, run.publishableKey, { global: { fetch: withoutQuotes } })
  const { error } = await client.auth.signInWithPassword({ email: run.email, password: run.password })
  if (error !== null) throw error
  const database = await createRxDatabase({ name: 'stock', storage: getRxStorageDexie(), multiInstance: false })
  const { customers } = await database.addCollections({ customers: { schema: SCHEMA } })
  const replication = replicateSupabase({
    tableName: run.table,
    client,
    collection: customers,
    replicationIdentifier: 'stock-first-sync',
    live: false,
    pull: { batchSize: run.batchSize },
  })
  const failed = new Promise<never>((_, reject) => replication.error$.subscribe(reject))
  await Promise.race([replication.awaitInitialReplication(), failed])
  const ms = performance.now() - started
  return { ms, rows: await customers.count().exec() }
}

/**
 * The plugin quotes its columns inside of `or=(…)`, which PostgREST understands and the embedded
 * backend (Supabase Lite) doesn't. The names need no quotes.
 */
const withoutQuotes: typeof fetch = (input, init) => {
  if (typeof input !== 'string' && !(input instanceof URL)) return fetch(input, init)
  const url = new URL(input)
  const or = url.searchParams.get('or')
  if (or !== null) url.searchParams.set('or', or.replaceAll('"', ''))
  return fetch(url, init)
}

Object.assign(globalThis, { stockFirstSync })
