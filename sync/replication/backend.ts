import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { Result } from '#shared/util/result.ts'
import type { HintSource } from './hints.ts'
import type { Transport } from './transport.ts'

/** Who signed in. */
export interface SignedInUser {
  readonly id: string
  readonly email: string
  /** Null where the account has no name. */
  readonly name: string | null
}

/** Durable storage for the session's secrets, keyed by name. */
export interface SecretStore {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  remove(key: string): Promise<void>
}

/** The server with a session: sign-in, and the transport that uses it. */
export interface Backend {
  /**
   * The transport for the given user's replica. It refuses (`auth`) while the session is somebody
   * else's, so that one person's edits never reach the server in another's name.
   */
  transportFor(userId: string): Transport
  /** Hints for the given user's replica, under the same condition. */
  hintsFor(userId: string): HintSource
  /** Fails with `wrong_password`, `rate_limited`, `unreachable` or `sign_in_failed`. */
  signIn(email: string, password: string): Promise<Result<SignedInUser>>
  /**
   * Sets another password, for whoever knows the present one. Fails with `wrong_password` (field `current`),
   * `weak_password` (field `next`), `rate_limited`, `unreachable` or `refused`.
   */
  changePassword(email: string, current: string, next: string): Promise<Result<null>>
  /** Forgets the session here, whatever the server says to it. */
  signOut(): Promise<void>
}

/** Makes the backend for an address. The session is read from and kept in `secrets`. */
export type CreateBackend = (config: BackendConfig, secrets: SecretStore) => Backend
