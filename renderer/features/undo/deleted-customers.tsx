import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { DeletedCustomer } from '#shared/replica-api/deleted.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useAnswer } from '../../hooks/use-answer.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { useRestoreCustomer } from '../../hooks/use-restore-customer.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import classes from './undo-page.module.css'

const words = strings.undo
const SHOWN = 100
/** All deleted customers are gone through at once: not at every key stroke. */
const PAUSE_MS = 120

/** Deleted customers, deleted last first, each with the way back. */
export function DeletedCustomers() {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, PAUSE_MS)
  const found = useAnswer('deleted.list', { search, limit: SHOWN })
  const restore = useRestoreCustomer()
  const permission = customerPermission(useActor(), 'delete')
  const id = useId()
  const { customers: shown, total } = found.kind === 'ready' ? found.value : { customers: [], total: 0 }
  return (
    <section className={classes.section} aria-labelledby={id} aria-busy={found.kind === 'loading'}>
      <h2 id={id}>{words.deleted}</h2>
      <p className={classes.lead}>{words.deletedLead}</p>
      <TextInput
        type="search"
        className={classes.find ?? ''}
        aria-label={words.find}
        placeholder={words.find}
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p role="status" className={classes.lead}>
        {found.kind === 'loading' || total > 0
          ? null
          : found.kind === 'failed'
            ? words.unread
            : search.trim() === ''
              ? words.none
              : words.nobodyFound}
      </p>
      <ul className={classes.items}>
        {shown.map((customer) => (
          <li key={customer.id} className={classes.item}>
            <div>
              <Link href={routes.customer(customer.id)} className={classes.name}>
                {customer.name}
              </Link>
              <p className={classes.quiet}>
                {contactOf(customer)}
                <time dateTime={customer.deletedAt} title={formatMoment(customer.deletedAt)}>
                  {words.when(formatWhen(customer.deletedAt), customer.by?.name ?? null)}
                </time>
              </p>
            </div>
            <PermissionButton
              variant="default"
              permission={permission}
              aria-label={words.restoreOf(customer.name)}
              onClick={() => void restore(customer)}
            >
              {words.restore}
            </PermissionButton>
          </li>
        ))}
      </ul>
      {shown.length < total ? <p className={classes.lead}>{words.rest(shown.length, total)}</p> : null}
    </section>
  )
}

/** How one would reach them, in front of when they were deleted. */
function contactOf({ email, phone, address }: DeletedCustomer): string {
  const contact = email ?? phone ?? address
  return contact === null ? '' : `${contact} · `
}
