import { Button, Checkbox, Progress, Radio } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { z } from 'zod'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { exportColumnSchema } from '#shared/replica-api/export.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { Problem } from '../../components/problem.tsx'
import { useActor, useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { filterTexts } from '../../lib/filter-text.ts'
import { chosenCount } from '../../lib/list-selection.ts'
import { INITIAL_LIST_STATE, queryOf } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import { createPersistedStore } from '../../lib/store.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './export-page.module.css'
import { useExporter } from './use-exporter.ts'

const words = strings.export
/** Whom to export: those chosen in the list, the list as it is narrowed, or everybody. */
const SCOPES = ['chosen', 'list', 'all'] as const
type Scope = (typeof SCOPES)[number]

/** The columns that were chosen last. */
const chosenColumns = createPersistedStore(
  'crm.export',
  z.array(exportColumnSchema).min(1),
  [...exportColumnSchema.options],
  window.localStorage,
)

/** Takes customers out as a file: those that were chosen, the list as it is narrowed, or all. */
export function ExportPage() {
  const [, navigate] = useLocation()
  const permission = customerPermission(useActor(), 'export')
  return (
    <Page title={words.title} lead={words.lead}>
      {permission.allowed ? (
        <ExportForm />
      ) : (
        <EmptyState
          title={spoken(permission.reason)}
          action={<Button onClick={() => navigate(routes.customers)}>{strings.notFound.action}</Button>}
        />
      )}
    </Page>
  )
}

function ExportForm() {
  const { list, rows, picker } = useReplica()
  const { members } = useSignedIn().workspace
  const listState = useStore(list)
  const { total } = useStore(rows)
  const chosen = chosenCount(useStore(picker.selection), total)
  const narrowing = [
    ...(listState.search.trim() === '' ? [] : [`“${listState.search.trim()}”`]),
    ...filterTexts(listState.filter, members).map(({ text }) => text),
  ].join(', ')
  const [format, setFormat] = useState<'csv' | 'vcard'>('csv')
  const [scope, setScope] = useState<Scope>(chosen > 0 ? 'chosen' : narrowing === '' ? 'all' : 'list')
  const columns = useStore(chosenColumns)
  const exporter = useExporter()
  const state = useStore(exporter.state)
  const isRunning = state.kind === 'running'
  // What has ended has been seen here; what goes on is told on the other pages.
  useEffect(() => exporter.dismiss, [exporter])

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        const query = queryOf(scope === 'list' ? listState : INITIAL_LIST_STATE)
        const whom = scope === 'chosen' ? picker.chosen() : { kind: 'all' as const, query, except: [] }
        void exporter.start({ format, scope: whom, columns })
      }}
    >
      <Radio.Group
        label={words.which}
        value={scope}
        onChange={(value) => setScope(SCOPES.find((one) => one === value) ?? 'all')}
        readOnly={isRunning}
      >
        <div className={classes.choices}>
          {chosen === 0 ? null : <Radio value="chosen" label={words.chosen(chosen)} />}
          <Radio value="all" label={words.all} />
          {narrowing === '' ? null : <Radio value="list" label={words.list(total, narrowing)} />}
        </div>
      </Radio.Group>
      <Radio.Group
        label={words.format}
        value={format}
        onChange={(value) => setFormat(value === 'vcard' ? 'vcard' : 'csv')}
        readOnly={isRunning}
      >
        <div className={classes.choices}>
          <Radio value="csv" label={words.csv} />
          <Radio value="vcard" label={words.vcard} />
        </div>
      </Radio.Group>
      {format === 'vcard' ? null : (
        <Checkbox.Group
          label={words.columns}
          value={[...columns]}
          onChange={(chosen) => {
            const kept = exportColumnSchema.options.filter((column) => chosen.includes(column))
            if (kept.length > 0) chosenColumns.set(kept)
          }}
        >
          <div className={classes.columns}>
            {exportColumnSchema.options.map((column) => (
              <Checkbox key={column} value={column} label={words.columnNames[column]} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Problem text={state.kind === 'idle' ? state.problem : null} />
      <div role="status">
        {state.kind === 'done' ? <Notice tone="plain">{words.done(state.rows, state.fileName)}</Notice> : null}
      </div>
      {isRunning ? (
        <Progress
          value={state.rows === 0 ? 0 : (state.done / state.rows) * 100}
          aria-label={words.running(state.done, state.rows)}
        />
      ) : null}
      <div className={classes.foot}>
        <span className={classes.note}>{words.recorded}</span>
        {isRunning ? (
          <Button variant="default" onClick={exporter.stop}>
            {words.stop}
          </Button>
        ) : (
          <Button type="submit">{words.start}</Button>
        )}
      </div>
    </form>
  )
}
