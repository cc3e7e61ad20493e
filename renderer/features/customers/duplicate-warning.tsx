import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Customer } from '#shared/domain/customer.ts'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import type { RequestOutput } from '#shared/replica-api/contract.ts'
import { strings } from '../../app/strings.ts'
import { ContactLine } from '../../components/contact-line.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { useStore } from '../../hooks/use-store.ts'
import { type CustomerFormValues, fieldsOf } from '../../lib/customer-form-values.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './duplicate-warning.module.css'

const words = strings.duplicates
/** How long typing rests before somebody like this is looked for. */
const PAUSE_MS = 150
/** More would push the form away from under the hands. */
const SHOWN = 3

/** What can be done with somebody like this instead of going on. */
interface InsteadAction {
  readonly label: string
  readonly permission: (customer: Customer) => Permission
  readonly run: (customer: Customer) => void
}

/** Says who is here already that looks like what is being typed, and why. Saving stays possible. */
export function DuplicateWarning({
  values,
  exceptId,
  instead,
  onSomeoneElse,
}: {
  readonly values: CustomerFormValues
  /** The customer that is edited. */
  readonly exceptId?: string
  readonly instead: InsteadAction
  readonly onSomeoneElse: (id: string) => void
}) {
  const [, navigate] = useLocation()
  const [passedOver, setPassedOver] = useState<readonly string[]>([])
  const found = useAlike(values, exceptId)
  const shown = found.filter(({ customer }) => !passedOver.includes(customer.id)).slice(0, SHOWN)
  return (
    <div role="status">
      {shown.length === 0 ? null : (
        <section className={classes.box} aria-label={words.warningTitle}>
          <h2>{words.warningTitle}</h2>
          {shown.map(({ customer, probability, reasons }) => (
            <div key={customer.id} className={classes.one}>
              <p>
                <strong>{customer.name}</strong>{' '}
                <span className={classes.contact}>
                  <ContactLine {...customer} />
                </span>
              </p>
              <p className={classes.why}>
                {words.confidence(probability)}: {reasons.map(spoken).join(', ')}
              </p>
              <div className={classes.actions}>
                <Button variant="default" size="compact-xs" onClick={() => navigate(routes.customer(customer.id))}>
                  {words.open}
                </Button>
                <PermissionButton
                  variant="default"
                  size="compact-xs"
                  permission={instead.permission(customer)}
                  onClick={() => instead.run(customer)}
                >
                  {instead.label}
                </PermissionButton>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => {
                    setPassedOver([...passedOver, customer.id])
                    onSomeoneElse(customer.id)
                  }}
                >
                  {words.someoneElse}
                </Button>
              </div>
            </div>
          ))}
        </section>
      )}
    </div>
  )
}

/** Who looks like this, asked after a pause and when the scan has got on; the last answer stays until the next one is there. */
function useAlike(values: CustomerFormValues, exceptId: string | undefined): RequestOutput<'duplicates.check'> {
  const { duplicates } = useReplica()
  const { dedupe } = useReplica().services
  const { state } = useStore(duplicates)
  const [found, setFound] = useState<RequestOutput<'duplicates.check'>>([])
  const { name, email, phone, address } = fieldsOf(values)
  const asked = JSON.stringify({ name, email, phone, address })
  // biome-ignore lint/correctness/useExhaustiveDependencies: before the first scan nobody can be found.
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      dedupe.checkCustomer(JSON.parse(asked), exceptId).then(
        (next) => {
          if (isCurrent) setFound(next)
        },
        // It is a help; without an answer nothing is said.
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [dedupe, asked, exceptId, state])
  return found
}
