import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { baseOf, type CustomerFormValues, changesBetween, formValuesOf } from '../../lib/customer-form-values.ts'
import { routes } from '../../lib/routes.ts'
import { CustomerForm } from './customer-form.tsx'
import classes from './detail-pane.module.css'
import { DuplicateWarning } from './duplicate-warning.tsx'
import { markSaved } from './saved-mark.ts'

/** Edits a customer in place. Only fields that were touched are written, so that others' edits survive. */
export function CustomerEdit({ customer }: { readonly customer: Customer }) {
  const { customers, dedupe } = useReplica().services
  const mayMerge = customerPermission(useActor(), 'merge')
  const [, navigate] = useLocation()
  // The form keeps what it was opened with, also when the customer changes underneath.
  const [before] = useState(() => formValuesOf(customer))

  function leave(): void {
    navigate(routes.customer(customer.id), { replace: true })
    requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
  }

  async function save(values: CustomerFormValues): Promise<AppError | null> {
    const changes = changesBetween(before, values)
    if (Object.keys(changes).length > 0) {
      const answer = await customers.updateCustomer(customer.id, changes, baseOf(before, changes))
      if (!answer.ok) return answer.error
      markSaved(customer.id)
    }
    leave()
    return null
  }

  return (
    <>
      <header className={classes.head}>
        <h1>{strings.form.editTitle(customer.name)}</h1>
      </header>
      <CustomerForm
        formName={customer.id}
        initial={before}
        before={before}
        submitLabel={strings.actions.save}
        // Whom the customer looked like before is told on the customer itself.
        warning={(values) =>
          Object.keys(changesBetween(before, values)).length === 0 ? null : (
            <DuplicateWarning
              values={values}
              exceptId={customer.id}
              instead={{
                label: strings.duplicates.mergeBoth,
                permission: () => mayMerge,
                run: (other) => navigate(routes.merge([customer.id, other.id])),
              }}
              onSomeoneElse={(id) => {
                // A refusal (sales may not decide about duplicates) leaves it to the inbox.
                void dedupe.markDistinct([customer.id, id])
              }}
            />
          )
        }
        onSubmit={save}
        onCancel={leave}
      />
    </>
  )
}
