import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEventHandler, ReactNode, Ref } from 'react'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import { spoken } from '../texts/spoken.ts'
import { BusyButton } from './busy-button.tsx'
import { tellRefusal } from './refusal-toast.ts'

interface PermissionButtonProps extends ButtonProps {
  readonly permission: Permission
  /** Its act goes on. */
  readonly isBusy?: boolean
  readonly onClick: MouseEventHandler<HTMLButtonElement>
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/**
 * A button that one may not be allowed to press. Then it can still be reached by pointer and Tab,
 * so that the reason can be read, and pressing it only says it again (a really disabled button shows
 * no tooltip and takes no focus).
 */
export function PermissionButton({ permission, isBusy = false, onClick, children, ...rest }: PermissionButtonProps) {
  if (permission.allowed) {
    return (
      <BusyButton {...rest} isBusy={isBusy} onClick={onClick}>
        {children}
      </BusyButton>
    )
  }
  return (
    <Tooltip label={spoken(permission.reason)} events={{ hover: true, focus: true, touch: false }}>
      <Button
        {...rest}
        data-disabled
        aria-disabled
        aria-description={spoken(permission.reason)}
        onClick={(event) => {
          event.preventDefault()
          // A finger can't hover: pressing tells the reason too.
          tellRefusal(permission.reason)
        }}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
