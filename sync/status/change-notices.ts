import type { Timing } from '../replication/timing.ts'
import { NOTICE_MS, throttle } from './throttle.ts'

/** More changed customers than this are told as "many". */
const MANY = 200

/**
 * Shortest time after such a notice, in milliseconds. The screen asks for its rows anew, in an order that
 * has to take in all of the changes: ten times a second that would be a tenth of a first sync (measured).
 */
const MANY_MS = 500
/** The order of all of them costs what there are: beyond 100,000 the pause grows with them, or an import spends its time on it. */
const MANY_PER_MS = 200

/**
 * Collects ids of changed customers and tells them together, at most ten times a second; null: many.
 * `customers`: how many there are.
 */
export function createChangeNotices(
  timing: Pick<Timing, 'now' | 'after'>,
  tell: (ids: string[] | null) => void,
  customers: () => number,
): (ids: Iterable<string>) => void {
  let collected = new Set<string>()
  let wereMany = false
  const flush = throttle(
    timing,
    () => {
      const ids = collected
      collected = new Set()
      wereMany = ids.size > MANY
      if (ids.size > 0) tell(wereMany ? null : [...ids])
    },
    () => (wereMany ? Math.max(MANY_MS, customers() / MANY_PER_MS) : NOTICE_MS),
  )
  return (ids) => {
    for (const id of ids) {
      if (collected.size > MANY) break
      collected.add(id)
    }
    flush()
  }
}
