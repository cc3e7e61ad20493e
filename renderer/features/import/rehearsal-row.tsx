// biome-ignore-all lint/a11y/useSemanticElements: a table can't be virtual; the table roles say what it is.
import { Button, NativeSelect } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { IMPORT_ACTIONS, type ImportRow, importActionSchema } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { usePhoneText } from '../../hooks/use-phone-text.ts'
import { cx } from '../../lib/cx.ts'
import { formatCount } from '../../lib/format.ts'
import { spoken } from '../../texts/spoken.ts'
import type { Importer } from './import-flow.ts'
import classes from './rehearsal-grid.module.css'
import { whatHappens } from './what-happens.ts'

const words = strings.import
const COLUMNS = ['name', 'email', 'phone'] as const

/** One row of the file: what it says, and what would become of it. A value at fault is corrected where it stands. */
export function RehearsalRow({
  row,
  importer,
  onFix,
}: {
  readonly row: ImportRow
  readonly importer: Importer
  readonly onFix: (row: ImportRow) => void
}) {
  const { text, detail } = whatHappens(row)
  const actions = IMPORT_ACTIONS[row.kind]
  const phoneText = usePhoneText()
  return (
    <>
      <span role="cell" className={classes.number}>
        {formatCount(row.row)}
      </span>
      {COLUMNS.map((field) => {
        const isAtFault = row.reasons.some((reason) => reason.field === field)
        return (
          <span key={field} role="cell" className={cx(classes.cell, classes[field])}>
            {isAtFault ? (
              <FaultyCell row={row} field={field} importer={importer} />
            ) : (
              <span className={classes.text}>
                <bdi>{field === 'phone' ? phoneText(row.fields.phone ?? '') : row.fields[field]}</bdi>
              </span>
            )}
          </span>
        )
      })}
      <span role="cell" className={cx(classes.what, row.kind === 'invalid' && classes.bad)}>
        <span className={classes.text} title={[text, detail].filter(Boolean).join(' · ')}>
          {text}
          {detail === null ? null : <small> {detail}</small>}
        </span>
        {actions.length > 1 && row.kind !== 'new' && row.kind !== 'unchanged' ? (
          <NativeSelect
            size="xs"
            aria-label={`${words.actionOf(1)}: ${formatCount(row.row)}`}
            value={row.action}
            data={actions.map((action) => ({ value: action, label: words.actions[action] }))}
            onChange={(event) => {
              const action = importActionSchema.safeParse(event.currentTarget.value)
              if (action.success) void importer.choose(action.data, { rows: [row.row] })
            }}
          />
        ) : null}
        <Button size="compact-xs" variant="default" aria-label={words.fixRow(row.row)} onClick={() => onFix(row)}>
          {words.fix}
        </Button>
      </span>
    </>
  )
}

/** The value that is at fault, to be corrected where it stands: Enter or leaving it saves, Esc puts it back. */
function FaultyCell({
  row,
  field,
  importer,
}: {
  readonly row: ImportRow
  readonly field: (typeof COLUMNS)[number]
  readonly importer: Importer
}) {
  const before = row.fields[field] ?? ''
  const [value, setValue] = useState(before)
  const [problem, setProblem] = useState<string | null>(null)

  async function save(): Promise<void> {
    if (value === before) return
    const text = value.trim()
    const answer = await importer.fix(row.row, { [field]: text === '' && field !== 'name' ? null : text })
    setProblem(answer.ok ? null : answer.error.message)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') void save()
    if (event.key === 'Escape') {
      event.stopPropagation()
      setValue(before)
    }
  }
  const fault = row.reasons.find((one) => one.field === field)
  const reason = problem ?? (fault === undefined ? undefined : spoken(fault.message))
  return (
    <input
      className={classes.fault}
      aria-label={`${strings.fields[field]}, ${words.fixRow(row.row)}`}
      aria-invalid="true"
      {...(reason === undefined ? {} : { 'aria-description': reason, title: reason })}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => void save()}
    />
  )
}
