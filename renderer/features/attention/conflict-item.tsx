import { Link } from 'wouter'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import { ConflictChoice } from '../../components/conflict-choice.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { routes } from '../../lib/routes.ts'
import classes from './attention-item.module.css'

/** A field that two people changed. */
export function ConflictItem({ item }: { readonly item: Extract<AttentionItem, { kind: 'conflict' }> }) {
  return (
    <article className={classes.item}>
      <header className={classes.head}>
        <StatusDot tone="waiting" />
        <h2>
          <Link href={routes.customer(item.customerId)}>{item.customerName}</Link>
        </h2>
      </header>
      <ConflictChoice customerId={item.customerId} conflict={item.conflict} />
    </article>
  )
}
