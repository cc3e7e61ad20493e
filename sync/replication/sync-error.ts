import type { AppError } from '#shared/util/result.ts'

/** Why a request to the server did not do its work; what the loop does next hangs on the kind. */
export type SyncErrorKind =
  /** Nobody answered, or something that is not the server (no network, time-out, captive portal). */
  | 'unreachable'
  /** The server is there but not at work (429, 502, 503, 504). */
  | 'server'
  /** The session is over: only the user can help. */
  | 'auth'
  /** This user has no access to the company any more. */
  | 'forbidden'
  /** Server and app speak different protocol versions. */
  | 'protocol'
  /** The server stumbles over this very request (400, 500): a fault of app or server. */
  | 'bad_request'

/** An expected failure of sync. `message` is a sentence for people. */
export class SyncError extends Error {
  readonly kind: SyncErrorKind
  /** A request that took too long: smaller ones may get through. */
  readonly timedOut: boolean

  constructor(kind: SyncErrorKind, message: string, options: { cause?: unknown; timedOut?: boolean } = {}) {
    super(message, { cause: options.cause })
    this.name = 'SyncError'
    this.kind = kind
    this.timedOut = options.timedOut ?? false
  }

  /** The error as the status shows it. */
  toAppError(): AppError {
    return { code: CODES[this.kind], message: this.message }
  }
}

const CODES: Readonly<Record<SyncErrorKind, string>> = {
  unreachable: 'unreachable',
  server: 'server_error',
  auth: 'sign_in_again',
  forbidden: 'no_access',
  protocol: 'version_mismatch',
  bad_request: 'server_error',
}
