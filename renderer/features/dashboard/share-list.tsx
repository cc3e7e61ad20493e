import type { ReactNode } from 'react'
import { formatShare } from '../../lib/format.ts'
import classes from './dashboard.module.css'

/** A line of a list of shares: what it is of, how many of all, as a bar and in words. */
export interface Share {
  readonly key: string
  readonly name: ReactNode
  readonly count: number
  readonly rest: ReactNode
}

/** Parts of a whole below each other, each with a bar. */
export function ShareList({ shares, of }: { readonly shares: readonly Share[]; readonly of: number }) {
  return (
    <ul className={classes.shares}>
      {shares.map(({ key, name, count, rest }) => (
        <li key={key}>
          <span className={classes.name}>{name}</span>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ inlineSize: `${of === 0 ? 0 : (count / of) * 100}%` }} />
          </span>
          <span className={classes.percent}>{formatShare(count, of)}</span>
          <span className={classes.rest}>{rest}</span>
        </li>
      ))}
    </ul>
  )
}
