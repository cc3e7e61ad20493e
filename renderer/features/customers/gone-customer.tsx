import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { DeletedCustomer } from '#shared/replica-api/deleted.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useAnswer } from '../../hooks/use-answer.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { useRestoreCustomer } from '../../hooks/use-restore-customer.ts'
import { formatMoment } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import classes from './detail-pane.module.css'
import { HistoryActivity } from './history-activity.tsx'

const words = strings.undo

/** A customer who is in no list: what became of them, and the way back or on. */
export function GoneCustomer({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const gone = useAnswer('deleted.get', { id })
  const [, navigate] = useLocation()
  const back = <Button onClick={onClose}>{strings.notFound.action}</Button>
  if (gone.kind === 'failed') return <EmptyState title={strings.detail.failed} action={back} />
  if (gone.kind === 'loading' || !gone.isCurrent) return <div aria-busy="true" />
  if (gone.value?.kind === 'deleted') return <Deleted customer={gone.value.customer} />
  if (gone.value?.kind === 'merged') {
    const { name, into } = gone.value
    return (
      <EmptyState
        title={words.wasMerged(name)}
        action={<Button onClick={() => navigate(routes.customer(into.id))}>{words.openInto(into.name)}</Button>}
      />
    )
  }
  return <EmptyState title={strings.detail.gone} action={back} />
}

function Deleted({ customer }: { readonly customer: DeletedCustomer }) {
  const { id, name, by, deletedAt, source } = customer
  const restore = useRestoreCustomer()
  const history = useAnswer('customers.history', { id })
  const permission = customerPermission(useActor(), 'delete')
  return (
    <>
      <EmptyState
        title={words.wasDeleted(name)}
        action={
          <PermissionButton permission={permission} onClick={() => void restore(customer)}>
            {words.restore}
          </PermissionButton>
        }
      >
        {words.when(formatMoment(deletedAt), by?.name ?? null)}
      </EmptyState>
      {history.kind !== 'ready' ? null : (
        <section className={classes.ofGone} aria-label={strings.detail.tabs.activity}>
          <h2>{strings.detail.tabs.activity}</h2>
          <HistoryActivity history={history.value} source={source} />
        </section>
      )}
    </>
  )
}
