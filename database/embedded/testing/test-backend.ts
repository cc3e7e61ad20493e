import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { type Backend, startBackend } from '../backend.ts'
import { DEMO_COMPANIES, DEMO_USERS, type DemoMember } from '../seed/demo-users.ts'
import { layTemplate } from './template-folder.ts'

/** A backend of its own for one test file, with a connection as superuser. */
export interface TestBackend {
  readonly backend: Backend
  readonly sql: Sql
  /** Where the backend keeps its secrets and its cluster. */
  readonly dataDir: string
  readonly close: () => Promise<void>
}

/** Starts a backend in a fresh temporary folder; `close` takes everything away again. */
export async function startTestBackend(customers = 40): Promise<TestBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'tradesphere-test-'))
  const dataDir = join(folder, 'data')
  await layTemplate(dataDir)
  const started = await startBackend({ port: 0, dataDir, customers })
  if (!started.ok) throw new Error(started.error.message)
  const sql = postgres(started.value.postgresUrl, { max: 4, onnotice: () => {} })
  return {
    backend: started.value,
    sql,
    dataDir,
    close: async () => {
      await sql.end({ timeout: 5 })
      await started.value.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const COMPANY_A: string = DEMO_COMPANIES.northbuild.id
export const COMPANY_B: string = DEMO_COMPANIES.harbourVale.id

/** A demo user by login and company, such as `user('sales2')`. */
export function user(login: string, companyId: string = COMPANY_A): DemoMember {
  const found = DEMO_USERS.find((member) => member.companyId === companyId && member.email.startsWith(`${login}@`))
  if (found === undefined) throw new Error(`There is no demo user ${login}.`)
  return found
}

/** Runs statements as PostgREST does for a signed-in user: role and claims, in one transaction that commits. */
export async function asUser<T>(sql: Sql, userId: string, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (tx) => {
    await become(tx, 'authenticated', userId)
    return { value: await work(tx) }
  })
  return result.value
}

/**
 * What an expression such as `public.company_log($1)` answers to a demo user of the first company, by login.
 * Throws what Postgres throws.
 */
export async function callAs<T>(sql: Sql, login: string, query: string, ...values: unknown[]): Promise<T> {
  const [row] = await asUser(sql, user(login).id, (tx) =>
    tx.unsafe<{ answer: T }[]>(`select ${query} as answer`, values as string[]),
  )
  return (row as { answer: T }).answer
}

/** Puts a transaction into the role of a request. */
export async function become(tx: TransactionSql, role: 'anon' | 'authenticated', userId: string | null): Promise<void> {
  const claims = JSON.stringify({ role, ...(userId === null ? {} : { sub: userId }) })
  await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`
}

/** An unmodified supabase-js; signed in where a user is given. */
export async function client(backend: Backend, member?: DemoMember): Promise<SupabaseClient> {
  const supabase = createClient(backend.url, backend.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  if (member !== undefined) {
    const { error } = await supabase.auth.signInWithPassword({ email: member.email, password: member.password })
    if (error !== null) throw error
  }
  return supabase
}
