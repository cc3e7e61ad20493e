import type { Timing } from './timing.ts'

/** How often the clock is looked at, in milliseconds. */
const TICK_MS = 5_000
/** A tick that is late by more than this means that the machine slept, in milliseconds. */
const LATE_MS = 15_000

/** Calls `onWake` when the machine has slept: the platform doesn't tell everywhere. Returns what ends it. */
export function watchSleep(timing: Pick<Timing, 'now' | 'after'>, onWake: () => void): () => void {
  let cancel = () => {}
  const tick = () => {
    const due = timing.now() + TICK_MS
    cancel = timing.after(TICK_MS, () => {
      const late = timing.now() - due
      tick()
      if (late > LATE_MS) onWake()
    })
  }
  tick()
  return () => cancel()
}
