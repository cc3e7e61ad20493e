import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { type CustomerFormValues, emptyFormValues, fieldsOf } from '../../lib/customer-form-values.ts'
import { routes } from '../../lib/routes.ts'
import { CustomerForm } from './customer-form.tsx'
import classes from './detail-pane.module.css'
import { markSaved } from './saved-mark.ts'

const words = strings.form

/** A new customer, owned by who writes it down. */
export function CustomerCreate() {
  const { client } = useReplica()
  const actor = useActor()
  const [, navigate] = useLocation()
  useDocumentTitle(`${words.createTitle} · ${strings.appName}`)
  const permission = customerPermission(actor, 'create')

  function leave(): void {
    navigate(routes.customers, { replace: true })
    requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
  }

  async function create(values: CustomerFormValues): Promise<AppError | null> {
    const answer = await client.request('customers.create', { fields: fieldsOf(values) })
    if (!answer.ok) return answer.error
    markSaved(answer.value.id)
    navigate(routes.customer(answer.value.id), { replace: true })
    return null
  }

  return (
    <aside className={classes.pane} aria-label={words.createTitle}>
      {permission.allowed ? (
        <>
          <header className={classes.head}>
            <h1>{words.createTitle}</h1>
          </header>
          <CustomerForm
            formName="new"
            initial={emptyFormValues(actor.userId)}
            submitLabel={words.create}
            onSubmit={create}
            onCancel={leave}
          />
        </>
      ) : (
        <EmptyState title={permission.reason} action={<Button onClick={leave}>{strings.notFound.action}</Button>} />
      )}
    </aside>
  )
}
