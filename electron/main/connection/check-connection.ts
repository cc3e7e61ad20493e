import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { isSafeServer } from './load-backend-config.ts'

const TIMEOUT_MS = 8_000
/** The table of the latest migration that this app can't do without. */
const NEWEST_TABLE = 'duplicate_dismissals'

/** `net.fetch` of Electron, which knows the system's proxy. */
export type Fetch = (url: string, init: { headers: Record<string, string>; signal: AbortSignal }) => Promise<Response>

/**
 * Whether a server can be used, asked with nothing but its public key, before anybody signs in:
 * Supabase answers, takes the key, has our tables of a late enough schema, and shows strangers none of
 * their rows. Fails with `bad_address`, `no_network`, `not_supabase`, `wrong_key`, `schema_missing`,
 * `schema_old` or `rls_off`, each with a sentence for whoever set the server up.
 */
export async function checkConnection(config: BackendConfig, fetch: Fetch): Promise<Result<null>> {
  if (!isSafeServer(config.supabaseUrl)) {
    return fail('bad_address', 'Use an address that starts with https://. Passwords would travel openly otherwise.')
  }
  const base = config.supabaseUrl.replace(/\/+$/, '')
  const ask = (path: string): Promise<Response> =>
    fetch(`${base}${path}`, { headers: { apikey: config.publishableKey }, signal: AbortSignal.timeout(TIMEOUT_MS) })
  try {
    const settings = await ask('/auth/v1/settings')
    if (settings.status === 401 || settings.status === 403) {
      return fail('wrong_key', 'The server answers, but does not know this key. Copy the publishable key once more.')
    }
    if (!settings.ok || !(await isJsonObject(settings))) {
      return fail(
        'not_supabase',
        'Something answers at this address, but it is no Supabase project. Check the address.',
      )
    }
    return readTables(await ask('/rest/v1/customers?select=id&limit=1'), () =>
      ask(`/rest/v1/${NEWEST_TABLE}?select=id&limit=1`),
    )
  } catch {
    return fail('no_network', 'The server does not answer. Check the address and your network, then try again.')
  }
}

/** A table that a stranger may not read is refused with 401: that is how it should be. */
async function readTables(customers: Response, askNewest: () => Promise<Response>): Promise<Result<null>> {
  if (customers.status === 404) {
    return fail(
      'schema_missing',
      'The server has no customer tables yet. Ask your administrator to run `npm run db:migrate` on it.',
    )
  }
  if (customers.ok) {
    return fail(
      'rls_off',
      'This server would show customers to strangers. Nothing was connected. Ask your administrator to run `npm run db:check` on it.',
    )
  }
  if ((await askNewest()).status === 404) {
    return fail(
      'schema_old',
      'The database of this server is older than this app. Ask your administrator to run `npm run db:migrate` on it.',
    )
  }
  return ok(null)
}

async function isJsonObject(response: Response): Promise<boolean> {
  const value: unknown = await response.json().catch(() => null)
  return typeof value === 'object' && value !== null
}
