import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import classes from './notice.module.css'

/** A calm box for something that needs a decision or went wrong, at the place it is about. */
export function Notice({
  tone,
  children,
  action,
  isAlert = false,
}: {
  readonly tone: 'warn' | 'bad' | 'plain'
  readonly children: ReactNode
  readonly action?: ReactNode
  /** Read out at once by screen readers: for the answer to something just done. */
  readonly isAlert?: boolean
}) {
  return (
    <div className={cx(classes.notice, classes[tone])} {...(isAlert ? { role: 'alert' } : {})}>
      <div className={classes.text}>{children}</div>
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  )
}
