// biome-ignore-all lint/a11y/noStaticElementInteractions: the row only learns where the focus is.
// biome-ignore-all lint/a11y/useSemanticElements: a radio of the platform can't be a cell that is pressed as a whole.
import { Button, Textarea, TextInput } from '@mantine/core'
import type { ChangeEvent, FocusEvent, KeyboardEvent } from 'react'
import type { Customer, CustomerField } from '#shared/domain/customer.ts'
import { isCombinable, type MergeChoices } from '#shared/domain/merge-choices.ts'
import { strings } from '../../app/strings.ts'
import { FieldValue } from '../../components/field-value.tsx'
import { cx } from '../../lib/cx.ts'
import { isTaken, isTypable, type MergeRow } from '../../lib/merge-draft.ts'
import { isNothing } from '../../lib/value-text.ts'
import classes from './merge-board.module.css'

const words = strings.merge

/** A field: what each customer has, which of it is taken, and what comes out. */
export function MergeField({
  row,
  customers,
  isActive,
  onActive,
  onChoose,
  onType,
  onTyped,
}: {
  readonly row: MergeRow
  readonly customers: readonly Customer[]
  readonly isActive: boolean
  readonly onActive: () => void
  /** Undefined: as the rules have it. */
  readonly onChoose: (choice: MergeChoices[CustomerField]) => void
  readonly onType: () => void
  /** The typing has ended. */
  readonly onTyped: () => void
}) {
  const { field, chosen } = row
  const label = strings.fields[field]
  const filled = customers.filter((customer) => !isNothing(customer[field])).length
  return (
    <div
      className={cx(classes.row, isActive && classes.active, !row.differs && classes.same)}
      data-field={field}
      onFocus={onActive}
    >
      {row.differs ? (
        <div role="radiogroup" aria-label={label} className={classes.options}>
          <span className={classes.label}>{label}</span>
          {customers.map((customer) => {
            const value = customer[field]
            return (
              <button
                key={customer.id}
                type="button"
                role="radio"
                aria-checked={chosen.kind === 'from' && chosen.id === customer.id}
                className={cx(classes.option, isTaken(row, customer) && classes.taken)}
                onClick={() => onChoose({ from: customer.id })}
              >
                <span className={classes.from}>{customer.name}</span>
                <span className={cx(classes.text, isNothing(value) && classes.quiet)}>
                  <FieldValue field={field} value={value} />
                </span>
              </button>
            )
          })}
        </div>
      ) : (
        <div className={classes.options}>
          <span className={classes.label}>{label}</span>
          <span className={classes.sameText}>
            <span className="for-readers">{words.same}: </span>
            <FieldValue field={field} value={customers[0]?.[field]} />
          </span>
        </div>
      )}
      <div className={classes.result}>
        {chosen.kind === 'typed' ? (
          <TypedValue row={row} onChoose={onChoose} onTyped={onTyped} />
        ) : (
          <span
            className={cx(classes.text, isNothing(row.value) && classes.nothing, row.problem !== null && classes.wrong)}
            data-result={field}
          >
            <FieldValue field={field} value={row.value} />
          </span>
        )}
        {row.problem === null || chosen.kind === 'typed' ? null : <span className={classes.wrong}>{row.problem}</span>}
        <span className={classes.tools}>
          {row.differs && isCombinable(field) && filled > 1 ? (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-pressed={chosen.kind === 'combined'}
              onClick={() => onChoose({ combine: true })}
            >
              {words.combine}
            </Button>
          ) : null}
          {isTypable(field) && chosen.kind !== 'typed' ? (
            <Button variant="subtle" size="compact-xs" onClick={onType}>
              {words.type}
            </Button>
          ) : null}
        </span>
      </div>
    </div>
  )
}

function TypedValue({
  row: { field, value, problem },
  onChoose,
  onTyped,
}: {
  readonly row: MergeRow
  readonly onChoose: (choice: MergeChoices[CustomerField]) => void
  readonly onTyped: () => void
}) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing) return
    const isDone = event.key === 'Enter' && (field !== 'notes' || event.ctrlKey || event.metaKey)
    if (event.key !== 'Escape' && !isDone) return
    event.preventDefault()
    if (event.key === 'Escape') onChoose(undefined)
    // The field is a choice again after this render.
    requestAnimationFrame(onTyped)
  }
  const common = {
    'aria-label': words.typeLabel(strings.fields[field]),
    'data-autofocus': true,
    autoFocus: true,
    error: problem,
    defaultValue: Array.isArray(value) ? value.join(', ') : (value ?? ''),
    onKeyDown,
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.currentTarget.select(),
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChoose({ value: typedValue(field, event.currentTarget.value) }),
  }
  if (field === 'notes') return <Textarea autosize minRows={2} maxRows={8} {...common} />
  return <TextInput {...common} {...(field === 'tags' ? { description: words.typeTags } : {})} />
}

/** What was typed, as the field holds it. */
function typedValue(field: CustomerField, text: string): string | string[] | null {
  const trimmed = text.trim()
  if (field === 'tags') {
    const tags = trimmed.split(',').map((tag) => tag.trim())
    return [...new Set(tags.filter((tag) => tag !== ''))]
  }
  return trimmed === '' && field !== 'name' ? null : trimmed
}
