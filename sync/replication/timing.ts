/** Time as the sync sees it, handed in so that tests own it. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back once after so many milliseconds. Returns what takes it back. */
  after(ms: number, run: () => void): () => void
  /** In [0, 1). */
  random(): number
}

const FIRST_DELAY_MS = 500
/** Longest pause between two tries, in milliseconds. */
export const MAX_DELAY_MS = 30_000

/**
 * How long to wait after the given number of failures in a row (1 or more), in milliseconds:
 * doubling up to 30 s, the upper half at random, so that many laptops don't come back as one.
 */
export function backoffDelay(failures: number, random: number): number {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures, 20))
  return full / 2 + (full / 2) * random
}
