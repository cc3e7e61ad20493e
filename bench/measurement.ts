/** One line of the table: the contract of `npm run bench` with scripts and CI. */
export interface Measurement {
  readonly id: string
  readonly what: string
  readonly rows: number
  readonly unit: 'ms' | 's' | 'requests' | '%' | 'MB'
  readonly p50: number
  readonly p95: number
  readonly max: number
  /** The limit by which `pass` is judged: of `p95`, `max` or a p99, or a share to reach; null where the specification names none for so many rows. */
  readonly target: number | null
  readonly pass: boolean
  /** The same work done by what one would take otherwise, in the same unit, in the same run. */
  readonly baseline: { readonly name: string; readonly value: number }
  /** How many times better: baseline / ours, or ours / baseline where more is better (IO-1, SE-1, SE-3 in %). */
  readonly ratio: number
}

/** The value below which this share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Rounds to three significant digits: more is noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
