import { execFileSync } from 'node:child_process'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { Measurement } from './measurement.ts'

/** Day, version, machine and its load over the last minute: what times mean little without. */
export function circumstances(now = new Date()): string {
  const [load = 0] = loadavg()
  const memory = `${Math.round(totalmem() / 1e9)} GB`
  return `${now.toISOString().slice(0, 10)}; ${version()}; ${availableParallelism()} processors, ${memory}; load ${load.toFixed(1)} before the first was measured.`
}

/** The commit, and whether the files are others by now; this page itself doesn't count. */
function version(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const changes = git('status', '--porcelain', '--', ':/', ':(top,exclude)docs/figures.md')
    return `commit ${git('rev-parse', '--short', 'HEAD').trim()}${changes === '' ? '' : ' with changes'}`
  } catch {
    return 'no commit known'
  }
}

/** A line by which a benchmark says that a set isn't there, with the set's name. */
export const SKIPPED = /: SKIPPED ([^:]+):/

/**
 * The page of figures (`docs/figures.md`) with what a command measured, in place of what it measured
 * before. What stands above the first heading is kept; below it each command has a section, with what it
 * `skipped` (lines as the benchmarks say them; the folders in them are left out).
 */
export function withFigures(
  page: string,
  command: string,
  under: string,
  measurements: readonly Measurement[],
  skipped: readonly string[] = [],
): string {
  const heading = `## \`${command}\`\n`
  const [introduction = '', ...sections] = page.split(/^(?=## )/m)
  const names = skipped.flatMap((line) => line.match(SKIPPED)?.[1] ?? [])
  const missing = names.length === 0 ? [] : [`Not there, so skipped: ${names.join(', ')}.`, '']
  const section = [heading, under, '', ...missing, ...tableOf(measurements)].join('\n')
  const all = [...sections.filter((each) => !each.startsWith(heading)), section]
  const inOrder = all.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return `${[introduction, ...inOrder].map((part) => part.trimEnd()).join('\n\n')}\n`
}

function tableOf(measurements: readonly Measurement[]): string[] {
  return [
    '| what | rows | p50 / p95 | max | target | beside it | times |',
    '|---|---|---|---|---|---|---|',
    ...measurements.map(
      ({ id, what, rows, unit, p50, p95, max, target, pass, baseline, ratio }) =>
        `| ${id}: ${what} | ${rows.toLocaleString('en')} | ${p50 === p95 ? '' : `${p50} / `}${p95} ${unit} | ${max} ${unit} ` +
        `| ${[target === null ? [] : `${target} ${unit}`, pass ? [] : 'missed'].flat().join(', ')} ` +
        `| ${baseline.name}: ${baseline.value} ${unit} | ${ratio} |`,
    ),
  ]
}
