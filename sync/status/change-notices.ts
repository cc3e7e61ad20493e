import type { Timing } from '../replication/timing.ts'
import { throttle } from './throttle.ts'

/** More changed customers than this are told as "many". */
const MANY = 200

/** Collects ids of changed customers and tells them together, at most ten times a second; null: many. */
export function createChangeNotices(
  timing: Pick<Timing, 'now' | 'after'>,
  tell: (ids: string[] | null) => void,
): (ids: Iterable<string>) => void {
  let collected = new Set<string>()
  const flush = throttle(timing, () => {
    const ids = collected
    collected = new Set()
    if (ids.size > 0) tell(ids.size > MANY ? null : [...ids])
  })
  return (ids) => {
    for (const id of ids) {
      if (collected.size > MANY) break
      collected.add(id)
    }
    flush()
  }
}
