import { Button, Progress } from '@mantine/core'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'
import { useActor } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { FileDrop } from './file-drop.tsx'
import { ImportColumns } from './import-columns.tsx'
import type { ImportFlow } from './import-flow.ts'
import classes from './import-page.module.css'
import { ImportReport } from './import-report.tsx'
import { useImporter } from './use-importer.ts'

const words = strings.import

/** Brings a CSV file in: choose it, correct the columns, watch it run, read the report. */
export function ImportPage() {
  const importer = useImporter()
  const flow = useStore(importer.flow)
  const [, navigate] = useLocation()
  const permission = customerPermission(useActor(), 'create')
  if (!permission.allowed) {
    return (
      <Page title={words.title}>
        <EmptyState
          title={permission.reason}
          action={<Button onClick={() => navigate(routes.customers)}>{strings.notFound.action}</Button>}
        />
      </Page>
    )
  }
  // Each step is a page of its own: its heading takes the focus.
  return (
    <Page key={flow.kind} title={titleOf(flow)} width="full">
      <Steps kind={flow.kind} />
      <Step flow={flow} />
    </Page>
  )
}

function Step({ flow }: { readonly flow: ImportFlow }) {
  const importer = useImporter()
  switch (flow.kind) {
    case 'choose':
      return <FileDrop problem={flow.problem} onFile={(file) => void importer.read(file)} />
    case 'reading':
      return <p className={classes.lead}>{words.reading(flow.fileName)}</p>
    case 'columns':
      return <ImportColumns flow={flow} importer={importer} />
    case 'running':
      return <Running flow={flow} onStop={() => void importer.stop()} />
    case 'report':
      return <ImportReport progress={flow.progress} onAnother={importer.startOver} />
    default:
      return assertNever(flow)
  }
}

function Running({
  flow,
  onStop,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'running' }>
  readonly onStop: () => void
}) {
  const done = flow.progress?.done ?? 0
  const rows = flow.progress?.rows ?? flow.rows
  const text = words.running(done, rows)
  return (
    <>
      <p className={classes.lead}>{words.runningLead}</p>
      <Progress value={rows === 0 ? 0 : (done / rows) * 100} size={10} aria-label={text} transitionDuration={120} />
      <div className={classes.foot}>
        <strong>{text}</strong>
        <Button variant="default" onClick={onStop} disabled={flow.progress === null || flow.isStopping}>
          {flow.isStopping ? words.cancelling : words.cancel}
        </Button>
      </div>
    </>
  )
}

function Steps({ kind }: { readonly kind: ImportFlow['kind'] }) {
  const now = kind === 'choose' || kind === 'reading' ? 'file' : kind === 'running' ? 'run' : kind
  const names = ['file', 'columns', 'run', 'report'] as const
  return (
    <ol className={classes.steps} aria-label={words.stepsLabel}>
      {names.map((name) => (
        <li key={name} {...(name === now ? { 'aria-current': 'step' as const } : {})}>
          {words.steps[name]}
        </li>
      ))}
    </ol>
  )
}

function titleOf(flow: ImportFlow): string {
  switch (flow.kind) {
    case 'choose':
      return words.title
    case 'reading':
    case 'running':
      return words.titleOf(flow.fileName)
    case 'columns':
      return words.titleOf(flow.preview.fileName)
    case 'report':
      return reportTitle(flow.progress)
    default:
      return assertNever(flow)
  }
}

function reportTitle(progress: Extract<ImportFlow, { kind: 'report' }>['progress']): string {
  if (progress.state === 'cancelled') return words.cancelledTitle
  if (progress.state === 'failed') return words.failedTitle
  return words.doneTitle(progress.created)
}
