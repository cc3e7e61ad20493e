import { Button, type ButtonProps, Loader } from '@mantine/core'
import type { MouseEventHandler, ReactNode, Ref } from 'react'

interface BusyButtonProps extends ButtonProps {
  /** Its act goes on. */
  readonly isBusy: boolean
  readonly type?: 'submit'
  readonly onClick?: MouseEventHandler<HTMLButtonElement>
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

/** A button whose act takes a while. It is not disabled meanwhile, or the focus would be gone, but acts only once. */
export function BusyButton({ isBusy, onClick, children, ...rest }: BusyButtonProps) {
  return (
    <Button
      {...rest}
      aria-busy={isBusy}
      rightSection={isBusy ? <Loader size={12} color="currentColor" aria-hidden /> : null}
      onClick={(event) => {
        if (isBusy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {children}
    </Button>
  )
}
