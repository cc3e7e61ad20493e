import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { importUndoPermission } from '#shared/permissions/import-permissions.ts'
import type { ImportReport, RowOutcome } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { Notice } from '../../components/notice.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { saveTextFile } from '../../lib/save-file.ts'
import type { Importer } from './import-flow.ts'
import classes from './import-report.module.css'
import { ReportRows } from './report-rows.tsx'
import shares from './share-bar.module.css'
import { UndoImportDialog } from './undo-import-dialog.tsx'

const words = strings.import
const REREAD_MS = 1_000

/** What became of every row: the parts add up to the rows of the file. Also weeks later. */
export function ImportReportView({ importId, importer }: { readonly importId: string; readonly importer: Importer }) {
  const { client, dataVersion } = useReplica()
  const version = useStore(dataVersion)
  const actor = useActor()
  const [, navigate] = useLocation()
  const [report, setReport] = useState<ImportReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<RowOutcome | null>(null)
  const [isUndoing, setIsUndoing] = useState(false)

  const read = useCallback(async () => {
    const answer = await client.request('import.report', { importId }).catch(() => null)
    if (answer?.ok === true) setReport(answer.value)
    else setProblem(answer?.error.message ?? words.unexpected)
  }, [client, importId])
  useEffect(() => {
    void read()
  }, [read])
  // What the server refuses comes back later. A long report takes a moment to make: not while rows pour in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: reads again when the data changed.
  useEffect(() => {
    const timer = setTimeout(() => void read(), REREAD_MS)
    return () => clearTimeout(timer)
  }, [read, version])

  async function download(): Promise<void> {
    const answer = await client.request('import.failedRows', { importId }).catch(() => null)
    if (answer?.ok === true) await saveTextFile(answer.value.fileName, answer.value.csv, 'text/csv')
    else setProblem(answer?.error.message ?? words.unexpected)
  }

  return (
    <>
      <Problem text={problem} />
      {report === null ? null : (
        <>
          <div role="status">
            <h2 className={classes.title}>{titleOf(report)}</h2>
          </div>
          {report.state === 'cancelled' ? <p className={classes.lead}>{words.cancelledLead}</p> : null}
          {report.waiting === 0 ? null : <Notice tone="plain">{words.waiting(report.waiting)}</Notice>}
          {report.refused === 0 ? null : <Notice tone="warn">{words.refused(report.refused)}</Notice>}
        </>
      )}
      {/* Above the rows: at hand however many there are, and never below a message. */}
      <div className={classes.acts}>
        {report === null || report.counts.failed === 0 ? null : (
          <Button variant="default" title={words.failedHint} onClick={() => void download()}>
            {words.failedRows(report.counts.failed)}
          </Button>
        )}
        {report === null || report.undoneAt !== null || report.counts.created + report.counts.updated === 0 ? null : (
          <PermissionButton
            permission={importUndoPermission(actor, actor.userId)}
            variant="default"
            onClick={() => setIsUndoing(true)}
          >
            {words.undo}
          </PermissionButton>
        )}
        <Button variant="default" onClick={importer.startOver}>
          {words.another}
        </Button>
        <Button
          onClick={() => {
            importer.startOver()
            navigate(routes.customers)
          }}
        >
          {words.showCustomers}
        </Button>
      </div>
      {report === null ? null : (
        <>
          <Shares report={report} shown={outcome} onShow={setOutcome} />
          <ReportRows key={`${outcome} ${report.counts.failed}`} importId={importId} outcome={outcome} />
        </>
      )}
      {isUndoing && report !== null ? (
        <UndoImportDialog
          importId={importId}
          fileName={report.fileName}
          onClose={() => {
            setIsUndoing(false)
            void read()
          }}
        />
      ) : null}
    </>
  )
}

const PARTS: readonly { readonly key: keyof ImportReport['counts']; readonly outcome: RowOutcome }[] = [
  { key: 'created', outcome: 'created' },
  { key: 'updated', outcome: 'updated' },
  { key: 'unchanged', outcome: 'unchanged' },
  { key: 'duplicates', outcome: 'duplicate' },
  { key: 'skipped', outcome: 'skipped' },
  { key: 'failed', outcome: 'failed' },
]

function Shares({
  report,
  shown,
  onShow,
}: {
  readonly report: ImportReport
  readonly shown: RowOutcome | null
  readonly onShow: (outcome: RowOutcome | null) => void
}) {
  const parts = PARTS.flatMap(({ key, outcome }) =>
    report.counts[key] === 0 ? [] : [{ outcome, rows: report.counts[key] }],
  )
  const untouched = report.rows - parts.reduce((sum, { rows }) => sum + rows, 0)
  return (
    <>
      <div className={shares.bar} aria-hidden="true">
        {parts.map(({ outcome, rows }) => (
          <i key={outcome} className={shares[outcome]} style={{ flexGrow: rows, flexBasis: 3 }} />
        ))}
        {untouched === 0 ? null : <i className={shares.untouched} style={{ flexGrow: untouched, flexBasis: 3 }} />}
      </div>
      <ul className={shares.numbers}>
        {parts.map(({ outcome, rows }) => (
          <li key={outcome}>
            <button
              type="button"
              className={cx(shares.part, shown === outcome && shares.on)}
              aria-pressed={shown === outcome}
              onClick={() => onShow(shown === outcome ? null : outcome)}
            >
              <strong className={cx(outcome === 'failed' && shares.bad)}>{formatCount(rows)}</strong>{' '}
              <span className={shares.label}>
                <i className={cx(shares.dot, shares[outcome])} />
                {words.outcomes[outcome]}
              </span>
            </button>
          </li>
        ))}
        {untouched === 0 ? null : (
          <li className={shares.part}>
            <strong>{formatCount(untouched)}</strong> <span className={shares.label}>{words.untouched}</span>
          </li>
        )}
        <li className={shares.total}>
          <button
            type="button"
            className={cx(shares.part, shown === null && shares.on)}
            aria-pressed={shown === null}
            onClick={() => onShow(null)}
          >
            <strong>{formatCount(report.rows)}</strong> <span className={shares.label}>{words.total}</span>
          </button>
        </li>
      </ul>
    </>
  )
}

function titleOf({ undoneAt, state, counts }: ImportReport): string {
  if (undoneAt !== null) return words.undoneTitle
  return state === 'cancelled' ? words.cancelledTitle : words.doneTitle(counts.created, counts.updated)
}
