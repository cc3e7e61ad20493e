import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Backend, startBackend } from '#database/embedded/backend.ts'
import { layTemplate } from '#database/embedded/testing/template-folder.ts'
import { webHost } from '#scripts/web-host.ts'
import type { Role } from '#shared/domain/role.ts'
import { PROJECT_ROOT } from './project-root.ts'

export type TestUser = Backend['users'][number]

/** A real Postgres behind Supabase's API, serving the built web app, on a folder of its own. */
export interface TestBackend {
  /** Address now; another one after `start`. Laptops reach it through their network switch. */
  readonly url: () => string
  readonly publishableKey: () => string
  /** `url` for a network switch; null while it is stopped. */
  readonly address: () => URL | null
  /**
   * A user by role.
   * @param company 0: the first company of the seed, 1: the second
   * @param nth which of several, from 0 (there are two sales reps)
   */
  readonly user: (role: Role, company?: 0 | 1, nth?: number) => TestUser
  /** Asks Postgres itself, past every policy: what a test believes in the end. */
  readonly sql: () => postgres.Sql
  /** Stops it: to the clients, connections end and nothing answers. The data stays. */
  readonly stop: () => Promise<void>
  /** Starts it again on the data it had. */
  readonly start: () => Promise<void>
  /** Ends it and removes its data. */
  readonly close: () => Promise<void>
}

/** How to start it. */
export interface TestBackendOptions {
  /** Customers of the first company; the second gets about a quarter. */
  readonly customers: number
}

/** Starts a backend on a new folder. Throws when the web app isn't built or the backend can't start. */
export async function startTestBackend({ customers }: TestBackendOptions): Promise<TestBackend> {
  const outDir = join(PROJECT_ROOT, 'out/web')
  if (!existsSync(join(outDir, 'index.html'))) throw new Error('The web app is not built: run npm run build first.')
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-backend-'))
  const dataDir = join(folder, 'data')
  let running: { backend: Backend; sql: postgres.Sql } | null = null

  const current = (): { backend: Backend; sql: postgres.Sql } => {
    if (running === null) throw new Error('the backend is stopped')
    return running
  }
  // The app is told the address that it came from, which is its laptop's network switch.
  const fallback = (request: Request): Promise<Response> =>
    webHost(outDir, () => ({
      supabaseUrl: new URL(request.url).origin,
      publishableKey: current().backend.publishableKey,
    }))(request)
  const start = async (): Promise<void> => {
    const started = await startBackend({ port: 0, dataDir, customers, fallback })
    if (!started.ok) throw new Error(started.error.message)
    running = { backend: started.value, sql: postgres(started.value.postgresUrl, { max: 2, onnotice: () => {} }) }
  }
  const stop = async (): Promise<void> => {
    if (running === null) return
    const { backend, sql } = running
    running = null
    await sql.end({ timeout: 1 })
    await backend.close()
  }

  try {
    await layTemplate(dataDir)
    await start()
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    url: () => current().backend.url,
    address: () => (running === null ? null : new URL(running.backend.url)),
    publishableKey: () => current().backend.publishableKey,
    user: (role, company = 0, nth = 0) => pickUser(current().backend.users, role, company, nth),
    sql: () => current().sql,
    stop,
    start,
    close: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function pickUser(users: readonly TestUser[], role: Role, company: 0 | 1, nth: number): TestUser {
  const companies = [...new Set(users.map((user) => user.company))]
  const user = users.filter((one) => one.company === companies[company] && one.role === role)[nth]
  if (user === undefined) throw new Error(`the seed has no ${role} number ${nth} in company ${company}`)
  return user
}
