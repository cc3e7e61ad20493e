import { ChaosServer } from './chaos-server.ts'
import { CHEAP_FAULTS, DEAR_FAULTS } from './faults.ts'
import { StorageSites } from './faulty-disk.ts'
import { playSeed } from './play-seed.ts'
import type { Scenario, Violation } from './scenario.ts'

/** What a run came to. */
export interface ChaosReport {
  readonly seeds: number[]
  operations: number
  /** Kind of fault → how often it struck. */
  readonly faults: Record<string, number>
  /** Call site of the storage → how often it was made to fail. */
  storageSites: Readonly<Record<string, number>>
  readonly violations: Violation[]
  /** Memory in use at the end of each seed after collecting garbage, in MB. */
  readonly heapMb: number[]
}

/** How long to go on, and from where. */
export interface ChaosRun {
  /** The seeds in order, without end or with one. */
  readonly seeds: Iterable<number>
  /** Steps of a seed. */
  readonly steps: number
  /** In milliseconds of this machine: after the first one, no seed begins that may take longer. */
  readonly timeMs: number
  /** Told after each seed. */
  readonly onSeed: (scenario: Scenario, ms: number) => void
}

/** A run this long must have had every kind of fault, or its faults say nothing. */
const COMPLETE_MS = 10 * 60_000
/** Memory that may be in use beyond what the first seeds needed, in MB. */
const GROWTH_MB = 150
const FIRST_SEEDS = 3

/** Plays seeds on one server until time or seeds are over. */
export async function runChaos({ seeds, steps, timeMs, onSeed }: ChaosRun): Promise<ChaosReport> {
  const kinds = [...Object.keys(CHEAP_FAULTS), ...Object.keys(DEAR_FAULTS)]
  const faults = Object.fromEntries(kinds.map((kind) => [kind, 0]))
  const report: ChaosReport = { seeds: [], operations: 0, faults, storageSites: {}, violations: [], heapMb: [] }
  const sites = new StorageSites()
  const server = await ChaosServer.start()
  const from = performance.now()
  let longest = 0
  try {
    for (const seed of seeds) {
      const begun = performance.now()
      if (report.seeds.length > 0 && begun - from + longest > timeMs) break
      const attempt = report.seeds.filter((played) => played === seed).length
      const scenario = await playSeed({ seed, attempt, steps, server, sites })
      report.seeds.push(seed)
      report.operations += scenario.operations
      for (const [kind, count] of scenario.faults) faults[kind] = (faults[kind] ?? 0) + count
      report.violations.push(...scenario.violations)
      report.heapMb.push(heapMb())
      const took = performance.now() - begun
      longest = Math.max(longest, took)
      onSeed(scenario, took)
    }
  } finally {
    await server.close()
  }
  report.storageSites = sites.counts()
  report.violations.push(...neverStruck(report, timeMs), ...growth(report))
  return report
}

function neverStruck({ faults, seeds }: ChaosReport, timeMs: number): Violation[] {
  if (timeMs < COMPLETE_MS) return []
  const missing = Object.keys(faults).filter((kind) => faults[kind] === 0)
  return missing.map((kind) => ({ seed: seeds.at(-1) ?? 0, invariant: 'coverage', detail: `${kind} never struck` }))
}

/** What a seed leaves behind must not add up. */
function growth({ heapMb: heap, seeds }: ChaosReport): Violation[] {
  const first = Math.max(...heap.slice(0, FIRST_SEEDS))
  const last = Math.min(...heap.slice(-FIRST_SEEDS))
  if (heap.length <= FIRST_SEEDS || last - first <= GROWTH_MB) return []
  const detail = `memory grew from ${first} MB to ${last} MB in ${heap.length} seeds`
  return [{ seed: seeds.at(-1) ?? 0, invariant: 'bounded memory', detail }]
}

function heapMb(): number {
  // Only where Node was told to offer it.
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1_000_000)
}
