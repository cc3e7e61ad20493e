import type { Standing } from './score-board.ts'

const BUCKETS = 1_024
/** Slots that a sort key has room for beside a score: two million. */
const SLOTS = 2 ** 21
const HIGHEST_BITS = 2 ** 32 - 1

/**
 * The `limit` highest scores, highest first; equal ones in the order of their slots.
 *
 * @param standing scores not below 0
 */
export function bestFirst(standing: Standing, limit: number): Standing {
  const { slots, scores } = standing.slots.length <= limit ? standing : atLeastBest(standing, limit)
  const keys = new Float64Array(slots.length)
  // The bits of a number that is not below 0 grow with it. Sorting plain numbers costs a tenth of sorting by a function.
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  for (let i = 0; i < keys.length; i++) keys[i] = (HIGHEST_BITS - (bits[i] as number)) * SLOTS + (slots[i] as number)
  keys.sort()
  const best = standingOf(Math.min(limit, keys.length))
  const bestBits = new Uint32Array(best.scores.buffer)
  for (let i = 0; i < bestBits.length; i++) {
    const key = keys[i] as number
    bestBits[i] = HIGHEST_BITS - Math.floor(key / SLOTS)
    best.slots[i] = key % SLOTS
  }
  return best
}

/** Those that fit, in the same order. */
export function fitting({ slots, scores }: Standing, fits: (slot: number) => boolean): Standing {
  const chosen = standingOf(slots.length)
  let count = 0
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number
    if (!fits(slot)) continue
    chosen.slots[count] = slot
    chosen.scores[count] = scores[i] as number
    count += 1
  }
  return { slots: chosen.slots.subarray(0, count), scores: chosen.scores.subarray(0, count) }
}

/** At least the best `limit`: a histogram finds the score below which nobody is needed. */
function atLeastBest(standing: Standing, limit: number): Standing {
  const { slots, scores } = standing
  let highest = 0
  for (const score of scores) if (score > highest) highest = score
  const bucketOf = (score: number) => ((score / highest) * (BUCKETS - 1)) | 0
  const histogram = new Uint32Array(BUCKETS)
  for (const score of scores) {
    const bucket = bucketOf(score)
    histogram[bucket] = (histogram[bucket] as number) + 1
  }
  let bucket = BUCKETS
  for (let kept = 0; bucket > 0 && kept < limit; ) kept += histogram[--bucket] as number
  const best = standingOf(slots.length)
  let count = 0
  for (let i = 0; i < slots.length; i++) {
    const score = scores[i] as number
    if (bucketOf(score) < bucket) continue
    best.slots[count] = slots[i] as number
    best.scores[count] = score
    count += 1
  }
  return { slots: best.slots.subarray(0, count), scores: best.scores.subarray(0, count) }
}

function standingOf(length: number): Standing {
  return { slots: new Int32Array(length), scores: new Float32Array(length) }
}
