import { ActionIcon } from '@mantine/core'
import type { ReactNode } from 'react'
import { strings } from '../../app/strings.ts'
import { BackIcon, CloseIcon } from '../../components/icons.tsx'
import { useIsWide } from '../../hooks/use-media.ts'
import classes from './detail-pane.module.css'

/** The line above a customer: the way back, and what can be done. */
export function DetailBar({ onClose, children }: { readonly onClose: () => void; readonly children?: ReactNode }) {
  const isWide = useIsWide()
  return (
    <div className={classes.bar}>
      {isWide ? null : (
        <ActionIcon onClick={onClose} aria-label={strings.actions.back}>
          <BackIcon />
        </ActionIcon>
      )}
      <div className={classes.barActions}>{children}</div>
      {isWide ? (
        <ActionIcon onClick={onClose} aria-label={strings.detail.close}>
          <CloseIcon />
        </ActionIcon>
      ) : null}
    </div>
  )
}
