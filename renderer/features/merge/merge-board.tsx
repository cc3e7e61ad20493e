import { Button } from '@mantine/core'
import { type CSSProperties, useRef, useState } from 'react'
import type { Customer, CustomerField } from '#shared/domain/customer.ts'
import { isCombinable, type MergeChoices } from '#shared/domain/merge-choices.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { MergeSuggestion } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { tellRefusal } from '../../components/refusal-toast.ts'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { usePageFocus } from '../../hooks/use-page-focus.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { cx } from '../../lib/cx.ts'
import { isTypable, type MergeDraft, mergeRows, sendableChoices, targetFirst } from '../../lib/merge-draft.ts'
import classes from './merge-board.module.css'
import { MergeField } from './merge-field.tsx'
import { MergeHead } from './merge-head.tsx'
import { MergeMoves } from './merge-moves.tsx'

const words = strings.merge
/** More of them side by side can't be read: then a field's values stand below each other. */
const MOST_COLUMNS = 3

/** A merge that was made. */
export interface DoneMerge {
  readonly mergeId: string
  readonly target: Customer
  readonly sources: readonly Customer[]
}

/** The customers side by side, a row a field, and what the merge will make of them. */
export function MergeBoard({
  customers,
  suggestion,
  onLeave,
  onMerged,
  onAdd,
  onLeaveOut,
}: {
  readonly customers: readonly Customer[]
  readonly suggestion: MergeSuggestion | null
  readonly onLeave: () => void
  readonly onMerged: (done: DoneMerge) => void
  readonly onAdd: () => void
  readonly onLeaveOut: (id: string) => void
}) {
  const permission = customerPermission(useActor(), 'merge')
  const { dedupe } = useReplica().services
  const heading = usePageFocus()
  const board = useRef<HTMLDivElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [draft, setDraft] = useState<MergeDraft>(() => startOf(customers, suggestion))
  const rows = mergeRows(customers, draft)
  const [active, setActive] = useState<CustomerField>(rows[0]?.field ?? 'name')
  const isStacked = useIsNarrow() || customers.length > MOST_COLUMNS

  function choose(field: CustomerField, choice: MergeChoices[CustomerField]): void {
    setActive(field)
    setDraft((before) => ({ ...before, choices: withChoice(before.choices, field, choice) }))
  }

  function focusRow(field: CustomerField): void {
    setActive(field)
    const row = board.current?.querySelector<HTMLElement>(`[data-field="${field}"]`)
    row?.querySelector<HTMLElement>('[role="radio"][aria-checked="true"], button')?.focus()
  }

  function step(by: 1 | -1): void {
    const at = rows.findIndex(({ field }) => field === active)
    const isInside = board.current?.contains(document.activeElement) === true
    const next = rows[isInside ? Math.min(Math.max(at + by, 0), rows.length - 1) : 0]
    if (next !== undefined) focusRow(next.field)
  }

  /** A column by its number; the row of the active field takes its value. */
  function pick(column: number): void {
    const customer = customers[column]
    if (customer === undefined) return
    choose(active, { from: customer.id })
    requestAnimationFrame(() => focusRow(active))
  }

  function pickBeside(by: 1 | -1): void {
    const chosen = rows.find(({ field }) => field === active)?.chosen
    const at = chosen?.kind === 'from' ? customers.findIndex(({ id }) => id === chosen.id) : -1
    pick(Math.max(at + by, 0))
  }

  function type(field: CustomerField): void {
    const value = rows.find((row) => row.field === field)?.value ?? null
    if (isTypable(field)) choose(field, { value })
  }

  async function merge(): Promise<void> {
    if (!permission.allowed) {
      tellRefusal(permission.reason)
      return
    }
    const wrong = rows.find((row) => row.problem !== null)
    if (wrong !== undefined) {
      focusRow(wrong.field)
      return
    }
    const [target, ...sources] = targetFirst(customers, draft.targetId)
    if (target === undefined) return
    const choices = sendableChoices(customers, draft)
    const sourceIds = sources.map(({ id }) => id)
    const answer = await dedupe.mergeCustomers({ targetId: target.id, sourceIds, choices })
    if (!answer.ok) {
      setProblem(answer.error.message)
      return
    }
    onMerged({ mergeId: answer.value.id, target, sources })
  }

  useShortcuts({
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    arrowright: () => pickBeside(1),
    arrowleft: () => pickBeside(-1),
    ...Object.fromEntries(customers.slice(0, 9).map((_, column) => [String(column + 1), () => pick(column)])),
    c: () => {
      if (isCombinable(active)) choose(active, { combine: true })
    },
    t: () => type(active),
    enter: () => void merge(),
    escape: onLeave,
  })

  return (
    <div className={classes.page}>
      <div className={classes.wide}>
        <h1 ref={heading} tabIndex={-1}>
          {words.title(customers.length)}
        </h1>
        <p className={classes.lead}>{words.lead}</p>
        <div
          ref={board}
          className={cx(classes.board, isStacked && classes.stacked)}
          style={{ '--columns': customers.length } as CSSProperties}
        >
          <MergeHead
            customers={customers}
            targetId={draft.targetId}
            onKeep={(targetId) => setDraft({ ...draft, targetId })}
            onLeaveOut={customers.length > 2 ? onLeaveOut : null}
          />
          {rows.map((row) => (
            <MergeField
              key={row.field}
              row={row}
              customers={customers}
              isActive={row.field === active}
              onActive={() => setActive(row.field)}
              onChoose={(choice) => choose(row.field, choice)}
              onType={() => type(row.field)}
              onTyped={() => focusRow(row.field)}
            />
          ))}
        </div>
        <Button variant="subtle" className={classes.add ?? ''} onClick={onAdd}>
          {words.add}
        </Button>
        <Problem text={problem} />
      </div>
      <div className={classes.foot}>
        <div className={classes.wide}>
          <MergeMoves
            targetId={draft.targetId}
            customers={customers}
            choices={rows.some((row) => row.problem !== null) ? {} : sendableChoices(customers, draft)}
          />
          <Hints />
          <Button variant="default" onClick={onLeave}>
            {strings.actions.cancel}
          </Button>
          <PermissionButton permission={permission} onClick={() => void merge()}>
            {strings.actions.merge}
          </PermissionButton>
        </div>
      </div>
    </div>
  )
}

function startOf(customers: readonly Customer[], suggestion: MergeSuggestion | null): MergeDraft {
  const target = customers.find(({ id }) => id === suggestion?.targetId) ?? customers[0]
  return { targetId: target?.id ?? '', choices: suggestion?.choices ?? {} }
}

function withChoice(choices: MergeChoices, field: CustomerField, choice: MergeChoices[CustomerField]): MergeChoices {
  const { [field]: _, ...others } = choices
  return choice === undefined ? others : { ...others, [field]: choice }
}

function Hints() {
  const { hints } = words
  return (
    <span className={classes.hints} aria-hidden="true">
      <kbd>J</kbd> <kbd>K</kbd> {hints.field} <kbd>1</kbd> <kbd>2</kbd> {hints.pick} <kbd>C</kbd> {hints.combine}{' '}
      <kbd>T</kbd> {hints.type} <kbd>Enter</kbd> {hints.merge}
    </span>
  )
}
