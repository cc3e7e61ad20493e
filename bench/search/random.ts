/** A seeded source of numbers in [0, 1) (mulberry32): the same seed makes the same data on any machine. */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of the list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)]
  if (item === undefined) throw new Error('pick() from an empty list')
  return item
}

/** One of the list, the first ones far more often: as names are spread in a population. */
export function pickSkewed<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(list.length * random() ** 2.2)]
  if (item === undefined) throw new Error('pickSkewed() from an empty list')
  return item
}

/** A whole number from 0 to `end - 1`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}
