import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { CustomerField } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerProfile } from '#shared/replica-api/detail.ts'
import { strings } from '../../app/strings.ts'
import { PencilIcon } from '../../components/icons.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatWhen } from '../../lib/format.ts'
import classes from './detail-field.module.css'
import { DetailFieldEditor, fieldForm } from './detail-field-editor.tsx'

const words = strings.detail

/**
 * The value of a field, to be edited where it stands: by a click on it, its pencil, or `E` at it. What was
 * typed and not saved when one went elsewhere is there again. It belongs to one customer: key it by its id.
 */
export function DetailField({
  detail,
  field,
  children,
}: {
  readonly detail: CustomerProfile
  readonly field: CustomerField
  /** How the value reads; null: there is none. */
  readonly children: ReactNode
}) {
  const { customer } = detail
  const mayEdit = customerPermission(useActor(), 'edit', customer).allowed
  const { drafts } = useReplica()
  const [isEditing, setIsEditing] = useState(() => drafts.get(fieldForm(customer.id, field)) !== null)
  const opener = useRef<HTMLButtonElement>(null)
  const isFocusBack = useRef(false)
  useEffect(() => {
    if (!isEditing && isFocusBack.current) opener.current?.focus()
    isFocusBack.current = false
  }, [isEditing])

  if (isEditing && mayEdit) {
    return (
      <DetailFieldEditor
        customer={customer}
        field={field}
        onDone={(wasKey) => {
          isFocusBack.current = wasKey
          setIsEditing(false)
        }}
      />
    )
  }

  function onClick(event: MouseEvent): void {
    const isOwnAction = event.target instanceof Element && event.target.closest('a, button') !== null
    // Whoever marks a number to copy it doesn't want to change it.
    if (mayEdit && !isOwnAction && window.getSelection()?.isCollapsed !== false) setIsEditing(true)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!mayEdit || event.key.toLowerCase() !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return
    // Or the whole form would open.
    event.preventDefault()
    setIsEditing(true)
  }

  const edit = customer.fieldEdits[field]
  const changed =
    edit === undefined ? undefined : words.changedBy(edit.byName ?? words.formerColleague, formatWhen(edit.at))
  const isEmpty = children === null || children === ''
  const label = strings.fields[field]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; the pencil does the same for everybody.
    <div className={cx(classes.field, mayEdit && classes.open)} onClick={onClick} onKeyDown={onKeyDown}>
      {isEmpty && mayEdit ? null : (
        <div className={classes[isEmpty ? 'empty' : 'value']} dir="auto" title={changed} data-field={field}>
          {isEmpty ? words.empty : children}
        </div>
      )}
      {detail.waitingFields.includes(field) && !detail.isNew ? (
        <StatusDot tone="waiting" label={words.waitingField} />
      ) : null}
      {mayEdit ? (
        // One button for both: the focus stays on it when the first value arrives, or the last one goes.
        <ActionIcon
          ref={opener}
          unstyled={isEmpty}
          className={(isEmpty ? classes.add : classes.pencil) ?? ''}
          size="sm"
          aria-label={isEmpty ? undefined : strings.profile.edit(label)}
          onClick={() => setIsEditing(true)}
        >
          {isEmpty ? strings.profile.add(label) : <PencilIcon />}
        </ActionIcon>
      ) : null}
    </div>
  )
}
