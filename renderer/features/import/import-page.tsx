import { Button } from '@mantine/core'
import { useDeferredValue } from 'react'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'
import { useActor } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import { FileDrop } from './file-drop.tsx'
import { ImportColumns } from './import-columns.tsx'
import type { Importer, ImportFlow } from './import-flow.ts'
import { ImportHistory } from './import-history.tsx'
import classes from './import-page.module.css'
import { ImportRehearsal } from './import-rehearsal.tsx'
import { ImportReportView } from './import-report.tsx'
import { ImportRunning } from './import-running.tsx'
import { Judging } from './judging.tsx'
import { UnfinishedImports } from './unfinished-imports.tsx'
import { useImporter } from './use-importer.ts'

const words = strings.import
const STEPS = ['file', 'columns', 'rehearsal', 'run', 'report'] as const

/** Brings a file in: choose it, correct the columns, see what would happen, let it happen, read the report. */
export function ImportPage() {
  const importer = useImporter()
  // A step is a whole screen: made in slices, it holds up nothing that is typed or scrolled meanwhile.
  const flow = useDeferredValue(useStore(importer.flow))
  const [, navigate] = useLocation()
  const permission = customerPermission(useActor(), 'create')
  if (!permission.allowed) {
    return (
      <Page title={words.title}>
        <EmptyState
          title={spoken(permission.reason)}
          action={<Button onClick={() => navigate(routes.customers)}>{strings.notFound.action}</Button>}
        />
      </Page>
    )
  }
  const step = stepOf(flow)
  // Each step is a page of its own: its heading takes the focus.
  return (
    <Page key={step} title={titleOf(flow)} width="full">
      <ol className={classes.steps} aria-label={words.stepsLabel}>
        {STEPS.map((name) => (
          <li key={name} {...(name === step ? { 'aria-current': 'step' as const } : {})}>
            {words.steps[name]}
          </li>
        ))}
      </ol>
      <Step flow={flow} importer={importer} />
    </Page>
  )
}

function Step({ flow, importer }: { readonly flow: ImportFlow; readonly importer: Importer }) {
  switch (flow.kind) {
    case 'choose':
      return (
        <>
          <UnfinishedImports importer={importer} />
          <FileDrop problem={flow.problem} onFile={(file) => void importer.read(file)} />
          <ImportHistory importer={importer} />
        </>
      )
    case 'reading':
      return <p className={classes.lead}>{words.reading(flow.fileName)}</p>
    case 'columns':
      return <ImportColumns flow={flow} importer={importer} />
    case 'judging':
      return <Judging done={flow.done} rows={flow.understood.rows} onStop={() => void importer.stop()} />
    case 'rehearsal':
      return <ImportRehearsal flow={flow} importer={importer} />
    case 'running':
      return <ImportRunning flow={flow} importer={importer} />
    case 'report':
      return <ImportReportView importId={flow.importId} importer={importer} />
    default:
      return assertNever(flow)
  }
}

function stepOf({ kind }: ImportFlow): (typeof STEPS)[number] {
  switch (kind) {
    case 'choose':
    case 'reading':
      return 'file'
    case 'judging':
    case 'rehearsal':
      return 'rehearsal'
    case 'running':
      return 'run'
    default:
      return kind
  }
}

function titleOf(flow: ImportFlow): string {
  switch (flow.kind) {
    case 'choose':
      return words.title
    case 'reading':
    case 'report':
      return words.titleOf(flow.fileName)
    case 'running':
      return words.titleOf(flow.progress.fileName)
    default:
      return words.titleOf(flow.understood.fileName)
  }
}
