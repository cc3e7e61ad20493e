import type { ReactNode } from 'react'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import classes from './history.module.css'

/** Entries of a history, newest first, with a word about those that are not listed. */
export function HistoryList({
  shown,
  total,
  empty,
  children,
}: {
  readonly shown: number
  readonly total: number
  /** What to say when there is nothing. */
  readonly empty: { readonly title: string; readonly body: string }
  readonly children: ReactNode
}) {
  if (shown === 0) return <EmptyState title={empty.title}>{empty.body}</EmptyState>
  return (
    <>
      <ul className={classes.items}>{children}</ul>
      {shown < total ? <p className={classes.rest}>{strings.detail.historyRest(shown, total)}</p> : null}
    </>
  )
}

/** The time of an entry: short, and in full as a tooltip. */
export function HistoryTime({ at }: { readonly at: string }) {
  return (
    <time className={classes.when} dateTime={at} title={formatMoment(at)}>
      {formatWhen(at)}
    </time>
  )
}
