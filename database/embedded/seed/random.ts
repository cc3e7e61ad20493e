/** A deterministic source of choices: the same seed makes the same customers on every machine. */
export interface Random {
  /** 0 <= x < 1. */
  readonly next: () => number
  /** An integer, both ends included. */
  readonly int: (from: number, to: number) => number
  readonly pick: <T>(values: readonly T[]) => T
  /** True with a probability. */
  readonly chance: (probability: number) => boolean
  /** A version 4 UUID. */
  readonly uuid: () => string
}

/** Mulberry32: small, fast, good enough for demo data (public domain, Tommy Ettinger). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const hex = () => int(0, 0xffff_ffff).toString(16).padStart(8, '0')
  return {
    next,
    int,
    pick: (values) => {
      const value = values[int(0, values.length - 1)]
      if (value === undefined) throw new Error('Nothing to pick from.')
      return value
    },
    chance: (probability) => next() < probability,
    uuid: () => {
      const text = hex() + hex() + hex() + hex()
      const variant = '89ab'[Number.parseInt(text[16] ?? '0', 16) % 4]
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20, 32)}`
    },
  }
}
