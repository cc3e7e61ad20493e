import { Button, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { ContactLine } from '../../components/contact-line.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useFoundCustomers } from '../../hooks/use-found-customers.ts'
import type { Candidate } from './chat-review.tsx'
import classes from './conversations-page.module.css'

const words = strings.conversations

/** Finds the customer of a chat by the list's own search; Enter takes the first one that one may. */
export function ChatCustomerPicker({
  permissionOf,
  onPick,
  onCancel,
}: {
  readonly permissionOf: (candidate: Candidate) => Permission
  readonly onPick: (candidate: Candidate) => void
  readonly onCancel: () => void
}) {
  const [search, setSearch] = useState('')
  const { rows, isAnswer } = useFoundCustomers(search)

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    const best = isAnswer ? rows.find((row) => permissionOf(row).allowed) : undefined
    if (event.key === 'Escape') onCancel()
    else if (best !== undefined) onPick(best)
  }

  return (
    <div className={classes.picker}>
      <div className={classes.find}>
        <TextInput
          aria-label={words.find}
          placeholder={words.find}
          maxLength={200}
          autoFocus
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button variant="default" onClick={onCancel}>
          {strings.actions.cancel}
        </Button>
      </div>
      <ul className={classes.candidates}>
        {rows.map((row) => (
          <li key={row.id} className={classes.candidate}>
            <div className={classes.who}>
              <strong>{row.name}</strong>
              <span className={classes.quiet}>
                <ContactLine {...row} />
              </span>
            </div>
            <PermissionButton
              variant="default"
              permission={permissionOf(row)}
              aria-label={words.linkTo(row.name)}
              onClick={() => onPick(row)}
            >
              {words.link}
            </PermissionButton>
          </li>
        ))}
      </ul>
      <p role="status">{search.trim() !== '' && isAnswer && rows.length === 0 ? words.findNobody : ''}</p>
    </div>
  )
}
