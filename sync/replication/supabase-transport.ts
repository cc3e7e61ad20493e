import type { SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import { workspaceSchema } from '#shared/domain/workspace.ts'
import { quickPullAllAnswerSchema } from '#shared/sync-protocol/collections.ts'
import { SYNC_PROTOCOL_VERSION } from '#shared/sync-protocol/pull.ts'
import { pushAnswerSchema } from '#shared/sync-protocol/push.ts'
import { RECORD_ANSWERS } from '#shared/sync-protocol/record-push.ts'
import { SyncError } from './sync-error.ts'
import type { RecordPushAnswer, Transport } from './transport.ts'

/** Longest wait for an answer, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 15_000

/** The session as the transport needs it; both throw `SyncError` (`auth`, `unreachable`). */
export interface TransportSession {
  /** A token that should still be good. */
  ensureSession(): Promise<string>
  /** A new token although the one at hand looks good: a laptop's clock may be wrong. */
  refreshSession(): Promise<string>
}

/** What is known about the server for as long as its client lives. */
export interface ServerFacts {
  /** It has answered in our version of the protocol. */
  speaksOurVersion: boolean
}

/** Names app and protocol in each request. A header that every Supabase lets through from a browser. */
export const CLIENT_INFO = { 'X-Client-Info': `tradesphere-customers sync-protocol/${SYNC_PROTOCOL_VERSION}` }

/** The transport over PostgREST functions, through an unmodified supabase-js client. */
export function createSupabaseTransport(
  client: () => SupabaseClient,
  session: TransportSession,
  server: ServerFacts,
): Transport {
  async function ask(name: string, args: Readonly<Record<string, unknown>>, token: string) {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
    // The client would add the token of whoever is signed in by then.
    const request = client().rpc(name, args).setHeader('authorization', `Bearer ${token}`)
    const answer = await request.abortSignal(signal)
    return { ...answer, timedOut: signal.aborted }
  }
  async function call<T>(name: string, args: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<T> {
    let answer = await ask(name, args, await session.ensureSession())
    if (answer.status === 401) answer = await ask(name, args, await session.refreshSession())
    try {
      if (answer.error !== null) throw toSyncError(answer.status, answer.error, answer.timedOut)
      return parseAnswer(answer.data, schema)
    } catch (error) {
      if (error instanceof SyncError && error.kind === 'protocol') server.speaksOurVersion = false
      throw error
    }
  }
  /** A push with nothing in it says what the server speaks, before it is told what it may misunderstand. */
  async function checkVersion(companyId: string): Promise<void> {
    if (server.speaksOurVersion) return
    await call('sync_push', { p_company: companyId, p_collection: 'customers', p_mutations: [] }, pushAnswerSchema)
    server.speaksOurVersion = true
  }
  return {
    pull: (companyId, checkpoints, limit) =>
      call(
        'sync_pull_all',
        { p_company: companyId, p_checkpoints: checkpoints, p_limit: limit },
        quickPullAllAnswerSchema,
      ),
    push: async (companyId, mutations) => {
      await checkVersion(companyId)
      const args = { p_company: companyId, p_collection: 'customers', p_mutations: mutations }
      return call('sync_push', args, pushAnswerSchema)
    },
    pushRecords: async (companyId, collection, mutations) => {
      await checkVersion(companyId)
      const answer: z.ZodType<RecordPushAnswer> = RECORD_ANSWERS[collection]
      return call('sync_push', { p_company: companyId, p_collection: collection, p_mutations: mutations }, answer)
    },
    companies: () => call('my_companies', {}, z.array(workspaceSchema)),
    registerDevice: (companyId, { id, name }) =>
      call(
        'register_device',
        { p_company: companyId, p_device: id, p_name: name },
        z.string().pipe(z.iso.datetime({ offset: true })),
      ),
    acknowledgeErasure: async (companyId, customerId, deviceId) => {
      const args = { p_company: companyId, p_erasure: customerId, p_device: deviceId }
      await call('acknowledge_erasure', args, z.null())
    },
    ask: (name, args, answer) => call(name, args, answer),
  }
}

const versionSchema = z.object({ protocol: z.number().int() })

/**
 * Parses an answer. The version is looked at first: what else an answer of another version holds
 * is not ours to judge.
 *
 * @throws SyncError (`protocol`), or `unreachable` for what is no answer of our server at all.
 */
export function parseAnswer<T>(data: unknown, schema: z.ZodType<T>): T {
  const version = versionSchema.safeParse(data)
  if (version.success && version.data.protocol !== SYNC_PROTOCOL_VERSION) {
    const message =
      version.data.protocol > SYNC_PROTOCOL_VERSION
        ? APP_TOO_OLD
        : 'The server is older than this app. Ask your administrator to update it; your changes are kept until then.'
    throw new SyncError('protocol', message)
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  if (typeof data !== 'object' || data === null)
    throw new SyncError('unreachable', UNREACHABLE, { cause: parsed.error })
  throw new SyncError('protocol', 'The server sent something this app does not understand. Update the app.', {
    cause: parsed.error,
  })
}

const APP_TOO_OLD =
  'The server is newer than this app. Update the app to go on syncing; your changes are kept until then.'
const UNREACHABLE = 'The server does not answer. Changes are kept here and sent when it does.'

interface RpcError {
  readonly code?: string
  readonly message: string
}

/** Tells apart what the loop must treat differently. Status 0: the fetch itself failed. */
export function toSyncError(status: number, error: RpcError, timedOut = false): SyncError {
  const cause = error
  if (status === 0 || timedOut) return new SyncError('unreachable', UNREACHABLE, { cause, timedOut })
  if (status === 401) {
    return new SyncError('auth', 'Your sign-in has ended. Sign in again to go on syncing; your changes are kept.', {
      cause,
    })
  }
  // A captive portal answers with a web page: an error of ours always has a code.
  if (status === 407 || status === 511 || error.code === undefined || error.code === '') {
    return new SyncError('unreachable', UNREACHABLE, { cause })
  }
  // Others may refuse with JSON of their own: only these two are said of a company (`private.refuse_stranger`).
  if (status === 403 && (error.code === '42501' || error.code === 'PT403')) {
    return new SyncError('forbidden', 'You no longer have access to this company. Ask an owner of the company.', {
      cause,
    })
  }
  if (status === 404) {
    return new SyncError('protocol', 'The server lacks the sync functions. Ask your administrator to update it.', {
      cause,
    })
  }
  if (status === 426) return new SyncError('protocol', APP_TOO_OLD, { cause })
  if (status === 403 || status === 429 || status > 500) {
    return new SyncError('server', 'The server has a problem. It is tried again by itself; changes are kept here.', {
      cause,
    })
  }
  return new SyncError('bad_request', `The server refused to sync (${error.code}). Update the app or tell support.`, {
    cause,
  })
}
