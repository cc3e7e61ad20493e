import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

/** Nothing to show: says one thing and offers one action. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={classes.empty} role="status">
      <h2>{title}</h2>
      {children === undefined ? null : <div className={classes.body}>{children}</div>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  )
}
