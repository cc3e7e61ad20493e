import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import classes from './data-table.module.css'

/** A table of a page, in a frame that scrolls sideways where there is no room for all. */
export function DataTable({
  className,
  children,
}: {
  readonly className: string | undefined
  readonly children: ReactNode
}) {
  return (
    <div className={cx(classes.frame, className)}>
      <table className={classes.table}>{children}</table>
    </div>
  )
}
