import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { strings } from '../app/strings.ts'
import { useShortcuts } from '../hooks/use-shortcuts.ts'
import { useStore } from '../hooks/use-store.ts'
import { createStore } from '../lib/store.ts'
import classes from './undo-toast.module.css'

const UNDO_MS = 10_000
/** As many show; the app's limit leaves room for another message beside them. */
const MOST = 3
/** The toasts that show, in the order of their acts; `U` belongs to the last. */
const shown = createStore<readonly { readonly id: string; readonly about: string }[]>([])
let acts = 0

/**
 * Says what was done and offers to take it back for ten seconds, also with `U`. A later act about the
 * same makes the undo of the one before untrue, so it takes its place; beyond three the oldest gives way.
 */
export function showUndoToast(about: string, message: string, onUndo: () => void): void {
  acts += 1
  // Never the id of one before: an id that shows is left as it is, with its old text and its old undo.
  const id = `undo ${acts}`
  const others = shown.get().filter((toast) => toast.about !== about)
  const staying = others.slice(Math.max(0, others.length + 1 - MOST))
  for (const toast of shown.get()) if (!staying.includes(toast)) notifications.hide(toast.id)
  shown.set([...staying, { id, about }])
  notifications.show({
    id,
    // Before all others: what waits in the queue can't be taken back.
    priority: 1,
    autoClose: UNDO_MS,
    withAutoCloseProgress: true,
    onClose: () => shown.set(shown.get().filter((toast) => toast.id !== id)),
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
  const isLatest = useStore(shown).at(-1)?.id === id
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
