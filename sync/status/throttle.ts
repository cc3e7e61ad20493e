import type { Timing } from '../replication/timing.ts'

/** Shortest time between two notices of a kind, in milliseconds: ten a second is as fast as people see. */
export const NOTICE_MS = 100

/**
 * Makes `run` a function that may be called at any rate: it runs at once, then at most every `pauseMs`
 * (asked when it is called), and always once after the last call.
 */
export function throttle(
  timing: Pick<Timing, 'now' | 'after'>,
  run: () => void,
  pauseMs: () => number = () => NOTICE_MS,
): () => void {
  let last = Number.NEGATIVE_INFINITY
  let waiting = false
  return () => {
    if (waiting) return
    const pause = pauseMs()
    const wait = last + pause - timing.now()
    // A clock that was set back must not hold notices for longer than one interval.
    if (wait <= 0 || wait > pause) {
      last = timing.now()
      run()
      return
    }
    waiting = true
    timing.after(wait, () => {
      waiting = false
      last = timing.now()
      run()
    })
  }
}
