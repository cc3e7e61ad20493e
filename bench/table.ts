import type { Measurement } from './measurement.ts'

/** The measurements as a table for people. */
export function asTable(measurements: readonly Measurement[]): string {
  const head = ['id', 'what', 'rows', 'p50', 'p95', 'max', 'target', 'pass', 'baseline', 'ratio']
  const lines = measurements.map(({ id, what, rows, unit, p50, p95, max, target, pass, baseline, ratio }) => [
    id,
    what,
    String(rows),
    `${p50} ${unit}`,
    `${p95} ${unit}`,
    `${max} ${unit}`,
    target === null ? '-' : `${target} ${unit}`,
    pass ? 'yes' : 'no',
    `${baseline.name}: ${baseline.value} ${unit}`,
    `${ratio}x`,
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)))
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
