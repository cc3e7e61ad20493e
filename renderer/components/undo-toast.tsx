import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { strings } from '../app/strings.ts'
import { useShortcuts } from '../hooks/use-shortcuts.ts'
import { useStore } from '../hooks/use-store.ts'
import { createStore } from '../lib/store.ts'
import classes from './undo-toast.module.css'

const UNDO_MS = 10_000
/** Ids of the toasts that show; `U` belongs to the latest. */
const shown = createStore<readonly string[]>([])

/** Says what was done and offers to take it back for ten seconds, also with `U`. */
export function showUndoToast(id: string, message: string, onUndo: () => void): void {
  notifications.show({
    id,
    autoClose: UNDO_MS,
    withAutoCloseProgress: true,
    message: (
      <UndoToast
        id={id}
        message={message}
        onUndo={() => {
          notifications.hide(id)
          onUndo()
        }}
      />
    ),
  })
}

function UndoToast({
  id,
  message,
  onUndo,
}: {
  readonly id: string
  readonly message: string
  readonly onUndo: () => void
}) {
  const isLatest = useStore(shown).at(-1) === id
  useEffect(() => {
    shown.set([...shown.get(), id])
    return () => shown.set(shown.get().filter((other) => other !== id))
  }, [id])
  useShortcuts(isLatest ? { u: onUndo } : {})
  return (
    <div className={classes.toast}>
      <span>{message}</span>
      <Button variant="default" onClick={onUndo}>
        {strings.actions.undo}
      </Button>
    </div>
  )
}
