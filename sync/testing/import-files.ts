import type { ImportKind, ImportMapping, ImportReport, ImportSummary } from '#shared/replica-api/import.ts'
import type { TestDevice } from './test-device.ts'

/** Whoever can ask the worker. */
export type Asking = Pick<TestDevice, 'ask'>

/** Opens a file and rehearses it with the suggested mapping, or another one. */
export async function rehearse(
  device: Asking,
  content: string | Uint8Array<ArrayBuffer>,
  mapping?: ImportMapping,
): Promise<ImportSummary> {
  const opened = await device.ask('import.open', { file: new Blob([content]), fileName: 'list.csv' })
  if (!opened.ok) throw new Error(opened.error.message)
  const { importId, columns } = opened.value
  const suggested = columns.map(({ target }) => target)
  const rehearsed = await device.ask('import.rehearse', { importId, mapping: mapping ?? suggested })
  if (!rehearsed.ok) throw new Error(rehearsed.error.message)
  return rehearsed.value
}

/** Writes what was rehearsed, and waits for the end. */
export async function apply(device: Asking, importId: string): Promise<ImportReport> {
  const started = await device.ask('import.apply', { importId })
  if (!started.ok) throw new Error(started.error.message)
  return ended(device, importId)
}

/** Imports everybody in a file, whoever is there already. */
export async function importEverybody(device: Asking, content: string, mapping?: ImportMapping): Promise<ImportReport> {
  const { importId, kinds } = await rehearse(device, content, mapping)
  for (const { kind, rows } of kinds) {
    if (rows > 0 && kind !== 'invalid') await device.ask('import.choose', { importId, kind, action: 'create' })
  }
  return apply(device, importId)
}

/** The report of an import that is not running any more. */
export async function ended(device: Asking, importId: string): Promise<ImportReport> {
  const end = performance.now() + 60_000
  for (;;) {
    const report = await reportOf(device, importId)
    if (report.state !== 'running') return report
    if (performance.now() > end) throw new Error(`Stuck at ${JSON.stringify(report)}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** The report of an import that is known here. */
export async function reportOf(device: Asking, importId: string): Promise<ImportReport> {
  const report = await device.ask('import.report', { importId })
  if (!report.ok) throw new Error(report.error.message)
  return report.value
}

/** The rows of each kind, without those that have none. */
export function kindsOf({ kinds }: ImportSummary): Partial<Record<ImportKind, number>> {
  return Object.fromEntries(kinds.filter(({ rows }) => rows > 0).map(({ kind, rows }) => [kind, rows]))
}
