import {
  type AuthError,
  createClient,
  isAuthApiError,
  isAuthRetryableFetchError,
  isAuthSessionMissingError,
} from '@supabase/supabase-js'
import { z } from 'zod'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import { fail, ok } from '#shared/util/result.ts'
import type { Backend, SecretStore } from './backend.ts'
import { createSessionStorage, SESSION_KEY } from './session-storage.ts'
import { withSingleRefresh } from './single-refresh.ts'
import { createSupabaseHints } from './supabase-hints.ts'
import { CLIENT_INFO, createSupabaseTransport, REQUEST_TIMEOUT_MS, type ServerFacts } from './supabase-transport.ts'
import { SyncError } from './sync-error.ts'

const metadataSchema = z.object({ name: z.string().min(1).optional(), full_name: z.string().min(1).optional() })

/**
 * The real backend: an unmodified supabase-js client, its session in the given secret store.
 * `fetchImpl` is the platform's `fetch` unless a test plays a network of its own.
 */
export function createSupabaseBackend(
  config: BackendConfig,
  secrets: SecretStore,
  fetchImpl: typeof fetch = (...args) => fetch(...args),
): Backend {
  const storage = createSessionStorage(secrets)
  const makeClient = () =>
    createClient(config.supabaseUrl, config.publishableKey, {
      auth: {
        storage,
        storageKey: SESSION_KEY,
        persistSession: true,
        // Each request refreshes the token when it is about to expire: no timer of its own.
        autoRefreshToken: false,
        detectSessionInUrl: false,
      },
      global: { fetch: withSingleRefresh(fetchImpl, REQUEST_TIMEOUT_MS), headers: CLIENT_INFO },
    })
  let client = makeClient()
  const server: ServerFacts = { speaksOurVersion: false }
  /** A client answers for a minute from memory that a refresh failed; the sync loop has its own pauses. */
  function failed(error: AuthError | null): SyncError {
    void client.auth.dispose()
    client = makeClient()
    return sessionError(error)
  }
  async function tokenOf(userId: string, answer: Promise<SessionAnswer>): Promise<string> {
    const { data, error } = await answeredInTime(answer)
    // A store that can't be read must not look like a session that has ended.
    if (data.session === null) throw storage.failure() ?? failed(error)
    if (data.session.user.id !== userId) throw new SyncError('auth', SIGN_IN_AGAIN)
    return data.session.access_token
  }
  return {
    transportFor: (userId) =>
      createSupabaseTransport(
        () => client,
        {
          ensureSession: () => tokenOf(userId, client.auth.getSession()),
          refreshSession: () => tokenOf(userId, client.auth.refreshSession()),
        },
        server,
      ),
    hintsFor: (userId) => createSupabaseHints(config, () => tokenOf(userId, client.auth.getSession())),
    signIn: async (email, password) => {
      try {
        const { data, error } = await answeredInTime(client.auth.signInWithPassword({ email, password }))
        if (error !== null) return signInFailure(error)
        const metadata = metadataSchema.safeParse(data.user.user_metadata)
        const name = metadata.success ? (metadata.data.name ?? metadata.data.full_name ?? null) : null
        return ok({ id: data.user.id, email: data.user.email ?? email, name })
      } catch (error) {
        if (error instanceof SyncError) return UNREACHABLE
        throw error
      }
    },
    changePassword: async (email, current, next) => {
      try {
        const known = await answeredInTime(client.auth.signInWithPassword({ email, password: current }))
        if (known.error !== null) {
          const failure = signInFailure(known.error)
          return failure.error.code === 'wrong_password' ? WRONG_PASSWORD : failure
        }
        const { error } = await answeredInTime(client.auth.updateUser({ password: next }))
        return error === null ? ok(null) : passwordFailure(error)
      } catch (error) {
        if (error instanceof SyncError) return UNREACHABLE
        throw error
      }
    },
    signOut: async () => {
      // Best effort, and not awaited by anybody offline: the tokens are gone from here either way.
      await Promise.race([client.auth.signOut({ scope: 'local' }), wait(2_000)]).catch(() => undefined)
      await storage.forget()
    },
  }
}

interface SessionAnswer {
  readonly data: { readonly session: { readonly access_token: string; readonly user: { readonly id: string } } | null }
  readonly error: AuthError | null
}

const SIGN_IN_AGAIN = 'Your sign-in has ended. Sign in again to go on syncing; your changes are kept.'
const UNREACHABLE = fail('unreachable', 'The server does not answer. Check your network, then try again.')

const RATE_LIMITED = fail('rate_limited', 'Too many attempts. Wait a minute, then try again.')
const WRONG_PASSWORD = fail('wrong_password', 'This is not your password now.', 'current')

function passwordFailure(error: AuthError) {
  if (error.status === 429) return RATE_LIMITED
  if (isAuthRetryableFetchError(error) || error.status === undefined || error.status >= 500) return UNREACHABLE
  if (error.code === 'same_password') {
    return fail('weak_password', 'This is the password you have. Choose another one.', 'next')
  }
  if (error.code === 'weak_password') {
    return fail('weak_password', 'The server takes no password that is this easy to guess. Make it longer.', 'next')
  }
  return fail('refused', 'The server does not change the password of this account. Ask your administrator.')
}

function signInFailure(error: AuthError) {
  if (error.status === 429) return RATE_LIMITED
  if (isAuthRetryableFetchError(error) || error.status === undefined || error.status >= 500) return UNREACHABLE
  if (error.code === 'invalid_credentials' || (error.status === 400 && error.code !== 'email_not_confirmed')) {
    return fail('wrong_password', 'The email address or the password is not right.')
  }
  if (error.code === 'email_not_confirmed') {
    return fail('sign_in_failed', 'Confirm your email address first: look for our message in your inbox.')
  }
  if (!isAuthApiError(error)) return UNREACHABLE
  return fail('sign_in_failed', 'This account cannot sign in. Ask your administrator.')
}

/** Codes with which the auth server says that a session is over for good. */
const SESSION_OVER = [
  'refresh_token_not_found',
  'refresh_token_already_used',
  'session_expired',
  'session_not_found',
  'user_banned',
  'user_not_found',
]

/** Why there is no session: over for good (the user must sign in), or only not to be had now. */
export function sessionError(error: AuthError | null): SyncError {
  const isOver =
    error === null ||
    isAuthSessionMissingError(error) ||
    (isAuthApiError(error) && (error.status === 400 || SESSION_OVER.includes(error.code ?? '')))
  if (isOver) {
    return new SyncError('auth', SIGN_IN_AGAIN, { cause: error })
  }
  return new SyncError('unreachable', 'The server does not answer. Changes are kept here and sent when it does.', {
    cause: error,
  })
}

/** A request that hangs must not hold the sync for ever. */
async function answeredInTime<T>(answer: Promise<T>): Promise<T> {
  const late = wait(REQUEST_TIMEOUT_MS).then((): never => {
    throw new SyncError('unreachable', 'The server does not answer.', { timedOut: true })
  })
  late.catch(() => undefined)
  return Promise.race([answer, late])
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
