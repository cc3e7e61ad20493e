import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useIsNarrow } from '../../hooks/use-media.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import {
  type CustomerFormValues,
  emptyFormValues,
  fieldsOf,
  filledIn,
  formValuesOf,
} from '../../lib/customer-form-values.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import { CustomerCreated } from './customer-created.tsx'
import { CustomerForm } from './customer-form.tsx'
import classes from './detail-pane.module.css'
import { DuplicateWarning } from './duplicate-warning.tsx'
import { markSaved } from './saved-mark.ts'

const words = strings.form
/** The name of the draft. */
const FORM = 'new'

/** A new customer, owned by who writes it down; then (`madeId`) what to do next. */
export function CustomerCreate({ madeId }: { readonly madeId: string | null }) {
  const { drafts } = useReplica()
  const { customers, dedupe } = useReplica().services
  /** Whom the new customer looks like and is not. */
  const someoneElse = useRef(new Set<string>())
  const actor = useActor()
  const [, navigate] = useLocation()
  useDocumentTitle(`${words.createTitle} · ${strings.appName}`)
  const permission = customerPermission(actor, 'create')
  const isNarrow = useIsNarrow()
  const [made, setMade] = useState<{ readonly id: string; readonly name: string } | null>(null)

  function leave(): void {
    navigate(routes.customers, { replace: true })
    requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
  }

  async function create(values: CustomerFormValues): Promise<AppError | null> {
    const answer = await customers.createCustomer(fieldsOf(values))
    if (!answer.ok) return answer.error
    // A refusal (sales may not decide about duplicates) leaves it to the inbox.
    for (const id of someoneElse.current) void dedupe.markDistinct([answer.value.id, id])
    someoneElse.current.clear()
    markSaved(answer.value.id)
    setMade({ id: answer.value.id, name: fieldsOf(values).name })
    navigate(routes.madeCustomer(answer.value.id), { replace: true })
    return null
  }

  /** What was typed goes into the form of somebody who is here already; it is looked at there and saved. */
  function addTo(customer: Customer): void {
    const typed = drafts.get(FORM)
    if (typed !== null)
      drafts.keep(
        customer.id,
        filledIn(formValuesOf(customer), typed, (field) => strings.fields[field]),
      )
    drafts.forget([FORM])
    navigate(routes.editCustomer(customer.id), { replace: true })
  }

  return (
    <aside className={classes.pane} aria-label={words.createTitle}>
      {made !== null && made.id === madeId ? (
        <CustomerCreated
          name={made.name}
          onView={() => navigate(routes.customer(made.id), { replace: true })}
          onAnother={() => navigate(routes.newCustomer, { replace: true })}
        />
      ) : permission.allowed ? (
        <>
          <header className={classes.head}>
            <h1>{words.createTitle}</h1>
          </header>
          <CustomerForm
            formName={FORM}
            initial={emptyFormValues(actor.userId)}
            submitLabel={words.create}
            isInSteps={isNarrow}
            warning={(values) => (
              <DuplicateWarning
                values={values}
                instead={{
                  label: strings.duplicates.addTo,
                  permission: (customer) => customerPermission(actor, 'edit', customer),
                  run: addTo,
                }}
                onSomeoneElse={(id) => someoneElse.current.add(id)}
              />
            )}
            onSubmit={create}
            onCancel={leave}
          />
        </>
      ) : (
        <EmptyState
          title={spoken(permission.reason)}
          action={<Button onClick={leave}>{strings.notFound.action}</Button>}
        />
      )}
    </aside>
  )
}
