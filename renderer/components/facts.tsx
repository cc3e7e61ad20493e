import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import classes from './facts.module.css'

/** A list of labelled values. */
export function Facts({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <dl className={cx(classes.facts, className)}>{children}</dl>
}

/** One labelled value. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
