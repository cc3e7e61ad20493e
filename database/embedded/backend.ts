import { resolve } from 'node:path'
import postgres from 'postgres'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { migrate } from '../postgres/migrate.ts'
import { createApi, layAuthTables } from './api.ts'
import { bootstrapAuth, bootstrapRoles } from './bootstrap.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { bindHttpServer, type Fallback, type HttpServer } from './http-server.ts'
import { postgresBinaries, postgresUser } from './postgres-binaries.ts'
import { makeCluster, type PostgresHost, type RunningPostgres, startPostgres } from './postgres-server.ts'
import { bootstrapRealtime } from './realtime/bootstrap-realtime.ts'
import { createRealtimeEndpoint } from './realtime/realtime-endpoint.ts'
import { DEMO_USERS, type DemoUser } from './seed/demo-users.ts'
import { seedDemo } from './seed/seed-demo.ts'
import { createSignInLimiter, SIGN_IN_LIMITS } from './sign-in-limiter.ts'

export interface BackendOptions {
  /** TCP port of 127.0.0.1; 0 finds a free one. */
  readonly port: number
  /** The folder that keeps everything; made where it is missing. */
  readonly dataDir: string
  /** Customers of the first demo company in a fresh folder, the second one gets a quarter; null: no companies at all. */
  readonly customers: number | null
  /** Answers requests other than the API's. */
  readonly fallback?: Fallback
  /** Postgres's log, line by line. */
  readonly onLog?: (line: string) => void
}

/** A running backend. */
export interface Backend {
  readonly url: string
  readonly publishableKey: string
  readonly secretKey: string
  /** As superuser: for tests, migrations and the curious. */
  readonly postgresUrl: string
  readonly users: readonly DemoUser[]
  /** Stops everything in order; the data stays. May be called twice. */
  readonly close: () => Promise<void>
}

/**
 * Starts a real Postgres 18 with Supabase's API in front of it: for development, demos and tests.
 * On a fresh folder it makes the database and two demo companies; on a kept one it goes on.
 *
 * Fails with `port_taken`, `port_refused`, `folder_not_writable`, `not_a_data_folder`,
 * `folder_in_use`, `folder_damaged`, `no_postgres`, `no_postgres_user`, `initdb_failed`, or a code
 * of `migrate`; the message says what to do. Nothing keeps running after a failure.
 */
export async function startBackend(options: BackendOptions): Promise<Result<Backend>> {
  // What was started, in order; ended in reverse.
  const endings: (() => Promise<void> | void)[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= (async () => {
      for (const end of endings.toReversed()) await end()
    })()
    return closing
  }
  try {
    const started = await start(options, endings, close)
    if (!started.ok) await close()
    return started
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  options: BackendOptions,
  endings: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<Result<Backend>> {
  // The port first: when it is taken, the folder isn't even touched.
  const http = await bindHttpServer(options.port)
  if (!http.ok) return http
  endings.push(http.value.close)

  const binaries = await postgresBinaries()
  if (!binaries.ok) return binaries
  const user = await postgresUser()
  if (!user.ok) return user
  const host: PostgresHost = { binaries: binaries.value, user: user.value, onLog: options.onLog ?? (() => {}) }

  const folder = await openDataFolder(resolve(options.dataDir))
  if (!folder.ok) return folder
  endings.push(folder.value.release)
  const { secrets } = folder.value
  if (!folder.value.exists) {
    const made = await folder.value.create((path) => makeCluster(host, path, secrets.postgresPassword))
    if (!made.ok) return made
  }

  const server = await startPostgres(host, folder.value.path, folder.value.cluster)
  if (!server.ok) return server
  endings.push(server.value.stop)
  return serveDatabase(options, endings, close, http.value, folder.value, server.value)
}

async function serveDatabase(
  options: BackendOptions,
  endings: (() => Promise<void> | void)[],
  close: () => Promise<void>,
  http: HttpServer,
  folder: DataFolder,
  server: RunningPostgres,
): Promise<Result<Backend>> {
  const { secrets } = folder
  const postgresUrl = `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${server.port}/postgres`
  const owner = postgres(postgresUrl, { max: 1, onnotice: () => {} })
  try {
    await bootstrapRoles(owner, secrets)
    await layAuthTables(postgresUrl, secrets)
    await bootstrapAuth(owner)
    await bootstrapRealtime(owner)
    const migrated = await migrate({ url: postgresUrl })
    if (!migrated.ok) return migrated
    if (options.customers !== null) await seedDemo(owner, options.customers)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return fail('setup_failed', `The database could not be prepared: ${message.split('\n')[0]}`)
  } finally {
    await owner.end({ timeout: 5 })
  }

  const api = await createApi(
    `postgres://authenticator:${secrets.authenticatorPassword}@127.0.0.1:${server.port}/postgres`,
    secrets,
    options.onLog ?? (() => {}),
  )
  endings.push(api.close)
  const realtime = await createRealtimeEndpoint(postgresUrl, secrets)
  // Requests end before what answers them does; closing the port twice is harmless. Sockets first:
  // the port waits for them.
  endings.push(http.close, realtime.close)
  http.open(api, realtime, createSignInLimiter(SIGN_IN_LIMITS), options.fallback)
  return ok({
    url: `http://127.0.0.1:${http.port}`,
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    postgresUrl,
    users: DEMO_USERS.map(({ email, password, role, company }) => ({ email, password, role, company })),
    close,
  })
}
