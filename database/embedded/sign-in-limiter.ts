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
  /**
   * Asks to try. Null: go on, and call `settle` afterwards; else the seconds to wait. No more are
   * let through at once than may still fail, so that many guesses can't slip through together;
   * the others wait here for how those end.
   */
  readonly admit: (key: string) => Promise<number | null>
  /** How an admitted attempt ended. A right password forgives the failures before it. */
  readonly settle: (key: string, outcome: 'right' | 'wrong' | 'unknown') => void
}

interface Attempts {
  /** When the failures of the window happened, oldest first. */
  failures: number[]
  underWay: number
  readonly waiting: (() => void)[]
}

/** A limiter in memory. `now` gives milliseconds. */
export function createSignInLimiter(limits: SignInLimits, now: () => number = Date.now): SignInLimiter {
  const byKey = new Map<string, Attempts>()

  const attemptsOf = (key: string): Attempts => {
    const found = byKey.get(key) ?? { failures: [], underWay: 0, waiting: [] }
    found.failures = found.failures.filter((at) => at > now() - limits.windowMs)
    byKey.set(key, found)
    return found
  }

  return {
    admit: async (key) => {
      for (;;) {
        const attempts = attemptsOf(key)
        const [oldest] = attempts.failures
        if (oldest !== undefined && attempts.failures.length >= limits.failures) {
          return Math.max(1, Math.ceil((oldest + limits.windowMs - now()) / 1_000))
        }
        if (attempts.failures.length + attempts.underWay < limits.failures) {
          attempts.underWay++
          return null
        }
        await new Promise<void>((resolve) => attempts.waiting.push(resolve))
      }
    },
    settle: (key, outcome) => {
      const attempts = attemptsOf(key)
      attempts.underWay--
      if (outcome === 'right') attempts.failures = []
      if (outcome === 'wrong') attempts.failures.push(now())
      for (const wake of attempts.waiting.splice(0)) wake()
      if (byKey.size > 10_000) forgetIdle(byKey, now() - limits.windowMs)
    },
  }
}

function forgetIdle(byKey: Map<string, Attempts>, before: number): void {
  for (const [key, { failures, underWay }] of byKey) {
    if (underWay === 0 && failures.every((at) => at <= before)) byKey.delete(key)
  }
}
