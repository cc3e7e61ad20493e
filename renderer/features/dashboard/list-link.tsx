import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CustomerFilter } from '#shared/domain/customer-filter.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { withFilter, withNothingNarrowed } from '../../lib/list-state.ts'
import { routes } from '../../lib/routes.ts'
import classes from './dashboard.module.css'

/** Leads to the list of those whom a figure counts. Plain text where no filter says who they are. */
export function ListLink({
  filter,
  label,
  children,
}: {
  readonly filter: CustomerFilter | null
  /** For screen readers, where the text alone does not say of what it is. */
  readonly label?: string
  readonly children: ReactNode
}) {
  const { list } = useReplica()
  if (filter === null) return <span>{children}</span>
  return (
    <Link
      href={routes.customers}
      className={classes.link}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onClick={() => list.set(withFilter(withNothingNarrowed(list.get()), filter))}
    >
      {children}
    </Link>
  )
}
