import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { useReplica } from '../../hooks/use-replica.ts'
import { baseOf, type CustomerFormValues, changesBetween, formValuesOf } from '../../lib/customer-form-values.ts'
import { routes } from '../../lib/routes.ts'
import { CustomerForm } from './customer-form.tsx'
import classes from './detail-pane.module.css'
import { markSaved } from './saved-mark.ts'

/** Edits a customer in place. Only fields that were touched are written, so that others' edits survive. */
export function CustomerEdit({ customer }: { readonly customer: Customer }) {
  const { client } = useReplica()
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
      const answer = await client.request('customers.update', {
        id: customer.id,
        changes,
        base: baseOf(before, changes),
      })
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
        onSubmit={save}
        onCancel={leave}
      />
    </>
  )
}
