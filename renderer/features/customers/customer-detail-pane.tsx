import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useCallback, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerProfile as Profile } from '#shared/replica-api/detail.ts'
import { strings } from '../../app/strings.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { useIsWide } from '../../hooks/use-media.ts'
import { useActor } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { cx } from '../../lib/cx.ts'
import { routes } from '../../lib/routes.ts'
import { CustomerEdit } from './customer-edit.tsx'
import { CustomerProfile } from './customer-profile.tsx'
import { DetailBar } from './detail-bar.tsx'
import classes from './detail-pane.module.css'
import { GoneCustomer } from './gone-customer.tsx'
import { useCustomer } from './use-customer.ts'

const words = strings.detail

/** One customer beside the list, or the whole page where it is narrow: to read, or to edit in place. */
export function CustomerDetailPane({ id, isEditing }: { readonly id: string; readonly isEditing: boolean }) {
  const state = useCustomer(id)
  const [, navigate] = useLocation()
  const close = useCallback(() => {
    navigate(routes.customers)
    // The list is there again after this render.
    requestAnimationFrame(() => document.getElementById('customer-list')?.focus())
  }, [navigate])
  useShortcuts(isEditing ? {} : { escape: close })

  return (
    <aside className={cx(classes.pane)} aria-label={words.label}>
      {state.kind === 'ready' && isEditing && state.detail.customer.id !== id ? (
        // The one before is still shown; its form must not open for a moment.
        <div aria-busy="true" />
      ) : state.kind === 'ready' ? (
        <Loaded detail={state.detail} isEditing={isEditing} onClose={close} />
      ) : (
        <>
          <DetailBar onClose={close} />
          {state.kind === 'loading' ? (
            <div aria-busy="true" />
          ) : state.kind === 'missing' ? (
            <GoneCustomer id={id} onClose={close} />
          ) : (
            <EmptyState title={words.failed} action={<Button onClick={close}>{strings.notFound.action}</Button>} />
          )}
        </>
      )}
    </aside>
  )
}

function Loaded({
  detail,
  isEditing,
  onClose,
}: {
  readonly detail: Profile
  readonly isEditing: boolean
  readonly onClose: () => void
}) {
  const { customer } = detail
  const actor = useActor()
  const isWide = useIsWide()
  const [, navigate] = useLocation()
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(`${customer.name} · ${strings.appName}`)
  const mayEdit = customerPermission(actor, 'edit', customer)
  const mayMerge = customerPermission(actor, 'merge')

  // As a page of its own it takes the focus; beside the list the list keeps it, so that J and K go on.
  const customerId = customer.id
  useEffect(() => {
    // Whoever is at a field of it, or in what floats over it, when the window becomes narrow goes on there.
    const focused = document.activeElement
    const isAtWork =
      heading.current?.closest('aside')?.contains(focused) === true || focused?.closest('[role="dialog"]') != null
    if (!isWide && !isEditing && !isAtWork && customerId !== '') heading.current?.focus({ preventScroll: true })
  }, [isWide, isEditing, customerId])

  useShortcuts(isEditing || !mayEdit.allowed ? {} : { e: () => navigate(routes.editCustomer(customer.id)) })
  useShortcuts(isEditing || !mayMerge.allowed ? {} : { m: () => navigate(routes.merge([customer.id])) })

  if (isEditing && mayEdit.allowed) {
    // A key by customer: another customer is another form.
    return <CustomerEdit key={customer.id} customer={customer} />
  }
  return <CustomerProfile detail={detail} headingRef={heading} onClose={onClose} />
}
