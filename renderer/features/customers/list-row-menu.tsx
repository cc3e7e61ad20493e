import { Menu, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { customerPermission, type Permission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { tellRefusal } from '../../components/refusal-toast.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { isChosen } from '../../lib/list-selection.ts'
import { routes } from '../../lib/routes.ts'
import { spoken } from '../../texts/spoken.ts'
import type { MenuPlace } from './list-pointer.ts'
import classes from './list-row-menu.module.css'
import { useDeleteCustomer } from './use-delete-customer.ts'

const words = strings.listTools.row

/** What can be done with one customer of the list, where the pointer is. */
export function ListRowMenu({ place, onClose }: { readonly place: MenuPlace; readonly onClose: () => void }) {
  const { picker } = useReplica()
  const actor = useActor()
  const remove = useDeleteCustomer()
  const [, navigate] = useLocation()
  const { row } = place
  const selected = isChosen(picker.selection.get(), row.id)
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={180} returnFocus={false}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className={classes.place}
          style={{ left: place.x, top: place.y }}
          aria-label={words.actionsFor(row.name)}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={words.actionsFor(row.name)}>
        <Menu.Item onClick={() => navigate(routes.customer(row.id))}>{words.view}</Menu.Item>
        <PermittedItem
          permission={customerPermission(actor, 'edit', row)}
          onClick={() => navigate(routes.editCustomer(row.id))}
        >
          {strings.actions.edit}
        </PermittedItem>
        <PermittedItem permission={customerPermission(actor, 'merge')} onClick={() => navigate(routes.merge([row.id]))}>
          {words.merge}
        </PermittedItem>
        <Menu.Item onClick={() => picker.toggle(row.id)}>{selected ? words.unselect : words.select}</Menu.Item>
        <Menu.Divider />
        <PermittedItem permission={customerPermission(actor, 'delete', row)} onClick={() => void remove(row)}>
          {strings.actions.delete}
        </PermittedItem>
      </Menu.Dropdown>
    </Menu>
  )
}

/** An item that one may not be allowed to choose: it can be reached, so that the reason can be read. */
function PermittedItem({
  permission,
  onClick,
  children,
}: {
  readonly permission: Permission
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  if (permission.allowed) return <Menu.Item onClick={onClick}>{children}</Menu.Item>
  return (
    <Tooltip label={spoken(permission.reason)} position="right" events={{ hover: true, focus: true, touch: false }}>
      <Menu.Item
        className={classes.refused ?? ''}
        closeMenuOnClick={false}
        aria-disabled
        aria-description={spoken(permission.reason)}
        // A finger can't hover: pressing tells the reason too.
        onClick={() => tellRefusal(permission.reason)}
      >
        {children}
      </Menu.Item>
    </Tooltip>
  )
}
