/** Limits of failed sign-ins. */
export interface SignInLimits {
  /** Failures allowed within the window. */
  readonly failures: number
  /** Length of the window in milliseconds. */
  readonly windowMs: number
}

/** Enough for a person with three passwords in mind, useless for a machine that guesses. */
export const SIGN_IN_LIMITS: SignInLimits = { failures: 10, windowMs: 60_000 }

/** Counts failed sign-ins per key (address and email). */
export interface SignInLimiter {
  /** Counts an attempt, to be taken back when it succeeds. Null: go on; else seconds to wait. */
  readonly attempt: (key: string) => number | null
  /** The attempt was right: the key starts afresh. */
  readonly succeeded: (key: string) => void
}

/** A limiter in memory. `now` gives milliseconds. */
export function createSignInLimiter(limits: SignInLimits, now: () => number = Date.now): SignInLimiter {
  const attempts = new Map<string, number[]>()
  return {
    attempt: (key) => {
      const time = now()
      const recent = (attempts.get(key) ?? []).filter((at) => at > time - limits.windowMs)
      const [oldest] = recent
      if (oldest !== undefined && recent.length >= limits.failures) {
        attempts.set(key, recent)
        return Math.max(1, Math.ceil((oldest + limits.windowMs - time) / 1_000))
      }
      // Counted before it is judged: many at once can't slip through together.
      attempts.set(key, [...recent, time])
      if (attempts.size > 10_000) forgetOld(attempts, time - limits.windowMs)
      return null
    },
    succeeded: (key) => {
      attempts.delete(key)
    },
  }
}

function forgetOld(attempts: Map<string, number[]>, before: number): void {
  for (const [key, times] of attempts) {
    if (times.every((at) => at <= before)) attempts.delete(key)
  }
}
