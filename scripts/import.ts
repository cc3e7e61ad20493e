/**
 * `npm run import -- FILE.csv --url URL --email EMAIL …`: imports a file as the app does, by the same
 * rehearsal and in the same chunks, and waits until everything has arrived. Prints the counts; bad
 * input ends with exit code 2 and one line, an import that came to its end with 0.
 */
import { openAsBlob, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ImportProgress, ImportReport, ImportSummary } from '#shared/replica-api/import.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import type { Result } from '#shared/util/result.ts'
import { endWith } from './cli.ts'
import { type HeadlessReplica, headlessReplica } from './import/headless-replica.ts'
import { readArguments, readConfig } from './import/read-arguments.ts'

/** So long the server may be away. */
const PATIENCE_MS = 60_000

const { file, url, key, email, password, existing, likely, dryRun, report: reportFile, failed } = readArguments()
const blob = await Promise.resolve()
  .then(() => openAsBlob(file))
  .catch(() => endWith(`There is no file ${file} that can be read.`))
const config = await readConfig(url, key)

const ended = Promise.withResolvers<ImportProgress>()
const replica = await headlessReplica(config, (progress) => {
  if (progress.stage === 'import' && progress.state !== 'running') ended.resolve(progress)
})

/** A value, or the end with the sentence that says what to do. */
function need<T>(answer: Result<T>): T {
  return answer.ok ? answer.value : endWith(answer.error.message)
}

need(await replica.ask('session.signIn', { email, password }))
await until((status) => status.lastSyncAt !== null && status.phase.kind === 'upToDate')
const opened = need(await replica.ask('import.open', { file: blob, fileName: basename(file) }))
const { importId } = opened
const mapping = opened.columns.map(({ target }) => target)
need(await replica.ask('import.rehearse', { importId, mapping }))
need(await replica.ask('import.choose', { importId, kind: 'update', action: existing }))
need(await replica.ask('import.choose', { importId, kind: 'duplicateInFile', action: existing }))
const summary = need(await replica.ask('import.choose', { importId, kind: 'duplicateOfExisting', action: likely }))
print('rehearsal', counted(summary))
if (dryRun) {
  save({ fileName: summary.fileName, rows: summary.rows, kinds: summary.kinds, planned: summary.planned })
} else {
  need(await replica.ask('import.apply', { importId }))
  const { error } = await ended.promise
  if (error !== null) endWith(error.message)
  await until((status) => status.waiting === 0)
  const report = need(await replica.ask('import.report', { importId }))
  print('import', { rows: report.rows, ...report.counts, refused: report.refused })
  save({ ...report, failedRows: await failedRows(replica, report) })
  if (failed !== undefined) writeFileSync(failed, need(await replica.ask('import.failedRows', { importId })).csv)
}
await replica.ask('session.signOut', { discardUnsent: true })
await replica.close()
process.exit(0)

async function failedRows({ ask }: HeadlessReplica, report: ImportReport) {
  const rows = []
  for (let offset = 0; offset < report.counts.failed; offset += 500) {
    const page = need(await ask('import.reportRows', { importId, outcome: 'failed', offset, limit: 500 }))
    rows.push(...page.rows.map(({ row, reason }) => ({ row, reason })))
  }
  return rows
}

function counted({ rows, kinds }: ImportSummary) {
  return { rows, ...Object.fromEntries(kinds.map((group) => [group.kind, group.rows])) }
}

function print(what: string, counts: object): void {
  console.log(`${what} ${JSON.stringify(counts)}`)
}

function save(report: object): void {
  if (reportFile !== undefined) writeFileSync(reportFile, `${JSON.stringify(report, null, 2)}\n`)
}

/** Waits for sync; a failure that trying again does not mend ends the command. */
async function until(isThere: (status: SyncStatus) => boolean): Promise<void> {
  let reachedAt = Date.now()
  for (;;) {
    const now = await status()
    if (isThere(now)) return
    if (now.phase.kind !== 'offline') reachedAt = Date.now()
    if (Date.now() - reachedAt > PATIENCE_MS) endWith('The server does not answer. Check the address and try again.')
    const { phase } = now
    if (phase.kind === 'failed' && phase.retryAt === null) endWith(phase.error.message)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function status(): Promise<SyncStatus> {
  return replica.ask('sync.status', null)
}
