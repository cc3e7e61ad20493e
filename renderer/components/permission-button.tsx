import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEventHandler, ReactNode, Ref } from 'react'
import type { Permission } from '#shared/permissions/customer-permissions.ts'

interface PermissionButtonProps extends ButtonProps {
  readonly permission: Permission
  readonly onClick: MouseEventHandler<HTMLButtonElement>
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/**
 * A button that one may not be allowed to press. Then it can still be reached by pointer and Tab,
 * so that the reason can be read, but does nothing (a really disabled one shows no tooltip).
 */
export function PermissionButton({ permission, onClick, children, ...rest }: PermissionButtonProps) {
  if (permission.allowed) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    )
  }
  return (
    <Tooltip label={permission.reason} events={{ hover: true, focus: true, touch: true }}>
      <Button
        {...rest}
        data-disabled
        aria-disabled
        aria-description={permission.reason}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
