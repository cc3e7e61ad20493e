import type { CustomerSource } from '#shared/domain/customer.ts'
import { strings } from '../app/strings.ts'
import { cx } from '../lib/cx.ts'
import classes from './source-badge.module.css'

/** Where a customer came from, as a small coloured word. */
export function SourceBadge({ source }: { readonly source: CustomerSource }) {
  return <span className={cx(classes.badge, classes[source])}>{strings.sources[source]}</span>
}
