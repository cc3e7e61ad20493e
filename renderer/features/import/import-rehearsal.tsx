import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { IMPORT_ACTIONS, type ImportRow, importActionSchema } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { FixRowDialog } from './fix-row-dialog.tsx'
import { type Importer, type ImportFlow, plannedRows } from './import-flow.ts'
import classes from './import-rehearsal.module.css'
import { RehearsalBar } from './rehearsal-bar.tsx'
import { RehearsalGrid } from './rehearsal-grid.tsx'
import { useRehearsalRows } from './use-rehearsal-rows.ts'

const words = strings.import

/** What would become of each row: filtered, corrected in place, decided group by group. Nothing is written. */
export function ImportRehearsal({
  flow,
  importer,
}: {
  readonly flow: Extract<ImportFlow, { kind: 'rehearsal' }>
  readonly importer: Importer
}) {
  const { summary, shown, version, problem } = flow
  const [search, setSearch] = useState('')
  const [fixing, setFixing] = useState<ImportRow | null>(null)
  const [isStarting, setIsStarting] = useState(false)
  const rows = useRehearsalRows(summary.importId, shown, search, version)
  const planned = plannedRows(summary)
  const group = summary.kinds.find(({ kind }) => kind === shown)

  /** The row after one, to be corrected next; null: that was the last. */
  function next(row: number): ImportRow | null {
    return rows.known().find((other) => other.row > row && other.kind === 'invalid') ?? null
  }

  async function apply(): Promise<void> {
    setIsStarting(true)
    await importer.apply()
    setIsStarting(false)
  }

  return (
    <>
      <p className={classes.lead}>
        <strong>{words.notWritten}</strong> {words.rehearsalLead(summary.rows)}
      </p>
      <RehearsalBar summary={summary} shown={shown} onShow={importer.show} />
      <div className={classes.tools}>
        <TextInput
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          maxLength={200}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {group === undefined || group.rows === 0 || IMPORT_ACTIONS[group.kind].length === 1 ? null : (
          <NativeSelect
            aria-label={words.actionOf(group.rows)}
            value={group.action ?? ''}
            onChange={(event) => {
              const action = importActionSchema.safeParse(event.currentTarget.value)
              if (action.success) void importer.choose(action.data, { kind: group.kind })
            }}
          >
            {group.action === null ? <option value="">{words.mixed}</option> : null}
            {IMPORT_ACTIONS[group.kind].map((action) => (
              <option key={action} value={action}>
                {`${words.actionOf(group.rows)}: ${words.inSentence(words.actions[action])}`}
              </option>
            ))}
          </NativeSelect>
        )}
      </div>
      <Problem text={problem} />
      <RehearsalGrid rows={rows} importer={importer} onFix={setFixing} />
      <div className={classes.foot}>
        <Button variant="default" onClick={importer.back}>
          {words.back}
        </Button>
        <span className={classes.hint}>{planned === 0 ? words.nothingToDo : words.undoable}</span>
        <BusyButton isBusy={isStarting} onClick={() => void apply()} disabled={planned === 0}>
          {words.apply(planned)}
        </BusyButton>
      </div>
      {fixing === null ? null : (
        <FixRowDialog
          key={fixing.row}
          row={fixing}
          importer={importer}
          next={next(fixing.row)}
          onNext={setFixing}
          onClose={() => setFixing(null)}
        />
      )}
    </>
  )
}
