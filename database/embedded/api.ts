import { App } from '@supabase/lite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import type { BackendSecrets } from './data-folder.ts'
import { asPostgrestError } from './postgrest-errors.ts'
import { quietly } from './quiet-lite.ts'
import { parseJson, withRawJson } from './raw-json.ts'

type Connection = ReturnType<typeof createPostgresConnection>

/** The REST and auth API of a database. */
export interface Api {
  /** Answers a request below /rest/v1 or /auth/v1. `peerAddress` is the address of the socket. */
  readonly fetch: (request: Request, peerAddress: string | null) => Promise<Response>
  readonly close: () => Promise<void>
}

function authConfig(secrets: BackendSecrets) {
  return {
    enabled: true,
    jwt_secret: secrets.jwtSecret,
    publishable_key: secrets.publishableKey,
    secret_key: secrets.secretKey,
    jwt_expiry: 3_600,
    // People join by invitation: nobody signs themselves up to a company's CRM.
    enable_signup: false,
  }
}

/**
 * Lays the tables of Supabase Lite's auth, as the owner of the database. Only here is Lite given
 * an owner's connection: serving over one, its first request grants everything to `anon`, and a
 * token that names the role `postgres` gets it.
 */
export async function layAuthTables(ownerUrl: string, secrets: BackendSecrets): Promise<void> {
  const connection = createPostgresConnection({ url: ownerUrl, postgresOptions: { max: 1, onnotice: () => {} } })
  try {
    await new App({ connection, auth: authConfig(secrets) }).ensureSystemSchema()
  } finally {
    await connection.close()
  }
}

/**
 * Serves a database with Supabase Lite 0.10 behind the guards that its gaps ask for (each found by
 * experiment; hosted Supabase needs none of them).
 */
export async function createApi(
  authenticatorUrl: string,
  secrets: BackendSecrets,
  onLog: (line: string) => void,
): Promise<Api> {
  const connection = createPostgresConnection({
    url: authenticatorUrl,
    postgresOptions: {
      max: 20,
      onnotice: () => {},
      connection: {
        TimeZone: 'UTC',
        // Beside the limits that its role has.
        transaction_timeout: 15_000,
      },
      types: { json: { ...jsonType(114), parse: parseJson }, jsonb: jsonType(3802), timestamptz: TIMESTAMPTZ },
    },
  })
  // Never "no RLS, so no roles" (Lite would remember that for ever), and never its GRANT ALL.
  Reflect.set(connection, 'rlsState', 'active')
  mapErrors(connection)
  guardRoles(connection)

  const app = new App({
    connection,
    api: { pg_safe_update: true, max_rows: 1_000 },
    auth: authConfig(secrets),
  })
  await app.init()
  return {
    fetch: (request, peerAddress) => quietly(onLog, () => withRawJson(() => app.fetch(request, { peerAddress }))),
    // The connection's own `close` waits without end for the query of a client that went away meanwhile.
    close: () => connection.driver.end({ timeout: 2 }),
  }
}

/** Lite encodes the JSON arguments of an RPC itself; the driver must not do it a second time. */
function jsonType(oid: number) {
  return {
    to: oid,
    from: [oid],
    parse: (text: string): unknown => JSON.parse(text),
    serialize: (value: unknown) => (isJsonText(value) ? value : JSON.stringify(value)),
  }
}

function isJsonText(value: unknown): value is string {
  if (typeof value !== 'string') return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

/** ISO 8601 as PostgREST prints it, with all six digits that a JavaScript Date would lose. */
const TIMESTAMPTZ = {
  to: 1184,
  from: [1184],
  serialize: (value: unknown) => value,
  parse: (text: string) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'),
}

function mapErrors(connection: Connection): void {
  const original = connection.normalizeDbError.bind(connection)
  connection.normalizeDbError = (error) => asPostgrestError(original(error)) as ReturnType<typeof original>
}

const REQUEST_ROLES = new Set(['anon', 'authenticated', 'service_role'])

/**
 * A token may name the three request roles only (Lite would become any role that its connection
 * may, itself included), and strangers get 3 s a statement, as on hosted Supabase.
 */
function guardRoles(connection: Connection): void {
  const original = connection.withContext.bind(connection)
  connection.withContext = async (vars, work, options) => {
    const role = roleOf(vars?.auth)
    if (!REQUEST_ROLES.has(role)) {
      throw Object.assign(new Error('permission denied to set this role'), { code: '42501' })
    }
    return original(
      vars,
      async (db) => {
        if (vars !== undefined && role === 'anon') {
          const text = "set local statement_timeout = '3s'"
          await db.executeQuery({
            sql: text,
            parameters: [],
            query: { kind: 'RawNode', sqlFragments: [text], parameters: [] },
            queryId: { queryId: 'anonymous-timeout' },
          })
        }
        return work(db)
      },
      options,
    )
  }
}

function roleOf(auth: unknown): string {
  const role = typeof auth === 'object' && auth !== null && 'role' in auth ? auth.role : undefined
  return typeof role === 'string' && role !== '' ? role : 'anon'
}
