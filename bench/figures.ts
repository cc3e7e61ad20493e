import { availableParallelism, loadavg, totalmem } from 'node:os'
import type { Measurement } from './measurement.ts'

/** Day, machine and its load over the last minute: what times mean little without. */
export function circumstances(now = new Date()): string {
  const [load = 0] = loadavg()
  const memory = `${Math.round(totalmem() / 1e9)} GB`
  return `${now.toISOString().slice(0, 10)}; ${availableParallelism()} processors, ${memory}; load ${load.toFixed(1)} when it began.`
}

/**
 * The page of figures (`docs/figures.md`) with what a command measured, in place of what it measured
 * before. What stands above the first heading is kept; below it each command has a section.
 */
export function withFigures(
  page: string,
  command: string,
  under: string,
  measurements: readonly Measurement[],
): string {
  const heading = `## \`${command}\`\n`
  const [introduction = '', ...sections] = page.split(/^(?=## )/m)
  const section = [heading, under, '', ...tableOf(measurements)].join('\n')
  const all = [...sections.filter((each) => !each.startsWith(heading)), section]
  const inOrder = all.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return `${[introduction, ...inOrder].map((part) => part.trimEnd()).join('\n\n')}\n`
}

function tableOf(measurements: readonly Measurement[]): string[] {
  return [
    '| what | rows | p50 / p95 | target | beside it | times |',
    '|---|---|---|---|---|---|',
    ...measurements.map(
      ({ id, what, rows, unit, p50, p95, target, pass, baseline, ratio }) =>
        `| ${id}: ${what} | ${rows.toLocaleString('en')} | ${p50 === p95 ? '' : `${p50} / `}${p95} ${unit} ` +
        `| ${[target === null ? [] : `${target} ${unit}`, pass ? [] : 'missed'].flat().join(', ')} ` +
        `| ${baseline.name}: ${baseline.value} ${unit} | ${ratio} |`,
    ),
  ]
}
