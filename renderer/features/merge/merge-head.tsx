// biome-ignore-all lint/a11y/useSemanticElements: a radio of the platform can't hold a name, a badge and a date.
import { ActionIcon } from '@mantine/core'
import type { Customer } from '#shared/domain/customer.ts'
import { strings } from '../../app/strings.ts'
import { CloseIcon } from '../../components/icons.tsx'
import { SourceBadge } from '../../components/source-badge.tsx'
import { cx } from '../../lib/cx.ts'
import { formatWhen } from '../../lib/format.ts'
import classes from './merge-board.module.css'

const words = strings.merge

/** Who is merged, and which of them stays. */
export function MergeHead({
  customers,
  targetId,
  onKeep,
  onLeaveOut,
}: {
  readonly customers: readonly Customer[]
  readonly targetId: string
  readonly onKeep: (id: string) => void
  /** Null: two are the fewest. */
  readonly onLeaveOut: ((id: string) => void) | null
}) {
  return (
    <div className={classes.row}>
      <div role="radiogroup" aria-label={words.stays} className={classes.options}>
        <span className={classes.corner} />
        {customers.map((customer, column) => {
          const isKept = customer.id === targetId
          return (
            <div key={customer.id} className={cx(classes.who, isKept && classes.kept)}>
              <button
                type="button"
                role="radio"
                aria-checked={isKept}
                aria-label={words.keep(customer.name)}
                className={classes.keep}
                onClick={() => onKeep(customer.id)}
              >
                <span className={classes.name}>
                  <kbd>{column + 1}</kbd> {customer.name}
                </span>
                <span className={classes.quiet}>
                  <SourceBadge source={customer.source} /> {words.since(formatWhen(customer.createdAt))} ·{' '}
                  <strong>{isKept ? words.kept : words.joins}</strong>
                </span>
              </button>
              {onLeaveOut === null ? null : (
                <ActionIcon aria-label={words.leaveOut(customer.name)} onClick={() => onLeaveOut(customer.id)}>
                  <CloseIcon />
                </ActionIcon>
              )}
            </div>
          )
        })}
      </div>
      <span className={classes.resultHead}>{words.result}</span>
    </div>
  )
}
