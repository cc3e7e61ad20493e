import type { SecretStore } from './backend.ts'

/** What supabase-js keeps its session in. */
export interface SessionStorage {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
  /** Really removes the session: only the user's own sign-out does. */
  forget(): Promise<void>
  /** What the last reading threw; null: it could be read. */
  failure(): unknown
}

/** The name under which the session lies in the secret store. */
export const SESSION_KEY = 'session'

/**
 * A session storage that never lets go of a session by itself. supabase-js removes it when a
 * refresh with an expired token is answered with 403, 407 or 429, which is what captive portals and
 * rate limits do: the user would be signed out by a hotel's Wi-Fi. Here the removal is not carried
 * out, so that the next refresh tries again with the same token; a token that is really dead is told
 * by the server each time and becomes "sign in again".
 *
 * Nor does it ever throw: supabase-js also reads the session where nobody waits for it. A session that
 * can't be stored is good until the app is closed.
 */
export function createSessionStorage(secrets: SecretStore): SessionStorage {
  let held: string | null | undefined
  let failure: unknown = null
  return {
    getItem: async (key) => {
      if (key !== SESSION_KEY) return null
      try {
        held ??= await secrets.get(SESSION_KEY)
        failure = null
      } catch (error) {
        failure = error
      }
      return held ?? null
    },
    setItem: async (key, value) => {
      if (key !== SESSION_KEY) return
      held = value
      await secrets.set(SESSION_KEY, value).catch(() => undefined)
    },
    removeItem: async () => undefined,
    forget: async () => {
      held = null
      await secrets.remove(SESSION_KEY)
    },
    failure: () => failure,
  }
}
