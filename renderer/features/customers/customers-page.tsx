import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useIsWide } from '../../hooks/use-media.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { besideList } from '../../lib/beside-list.ts'
import { cx } from '../../lib/cx.ts'
import { routes } from '../../lib/routes.ts'
import { CustomerCreate } from './customer-create.tsx'
import { CustomerDetailPane } from './customer-detail-pane.tsx'
import { CustomerListPane } from './customer-list-pane.tsx'
import classes from './customers-page.module.css'

/** How long the cursor rests on a row before the open detail follows: flying past is not looking. */
const FOLLOW_MS = 180

/** Customers: the list, and beside it (or on its own where it is narrow) one customer. */
export function CustomersPage() {
  const { list } = useReplica()
  const selectedId = useStore(list, (state) => state.selectedId)
  const [location, navigate] = useLocation()
  const isWide = useIsWide()
  const beside = besideList(location)
  const openId = beside.kind === 'customer' ? beside.id : null
  const isEditing = beside.kind === 'customer' && beside.isEditing

  useEffect(() => {
    if (openId !== null && list.get().selectedId !== openId) list.set({ ...list.get(), selectedId: openId })
  }, [openId, list])

  useEffect(() => {
    if (!isWide || isEditing || openId === null || selectedId === null || selectedId === openId) return
    const timer = setTimeout(() => navigate(routes.customer(selectedId), { replace: true }), FOLLOW_MS)
    return () => clearTimeout(timer)
  }, [isWide, isEditing, openId, selectedId, navigate])

  const isListShown = isWide || beside.kind === 'nothing'
  return (
    <div className={cx(classes.page, isListShown && beside.kind !== 'nothing' && classes.split)}>
      {isListShown ? <CustomerListPane /> : null}
      {beside.kind === 'create' ? <CustomerCreate madeId={beside.madeId} /> : null}
      {beside.kind === 'customer' ? <CustomerDetailPane id={beside.id} isEditing={beside.isEditing} /> : null}
    </div>
  )
}
