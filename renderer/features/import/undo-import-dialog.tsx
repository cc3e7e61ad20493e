import { Button, Checkbox, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { UndoPreview } from '#shared/replica-api/import.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import classes from './import-rehearsal.module.css'

const words = strings.import

/** Says what undoing an import takes back and what stays, and does it. */
export function UndoImportDialog({
  importId,
  fileName,
  onClose,
}: {
  readonly importId: string
  readonly fileName: string
  readonly onClose: () => void
}) {
  const { client } = useReplica()
  const [preview, setPreview] = useState<UndoPreview | null>(null)
  const [editedToo, setEditedToo] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let isCurrent = true
    client
      .request('import.undoPreview', { importId })
      .catch(() => null)
      .then((answer) => {
        if (!isCurrent) return
        if (answer?.ok === true) setPreview(answer.value)
        else setProblem(answer?.error.message ?? words.undoFailed)
      })
    return () => {
      isCurrent = false
    }
  }, [client, importId])

  async function undo(): Promise<void> {
    setIsBusy(true)
    const answer = await client.request('import.undo', { importId, editedToo }).catch(() => null)
    setIsBusy(false)
    if (answer?.ok !== true) {
      setProblem(answer?.error.message ?? words.undoFailed)
      return
    }
    notifications.show({ message: words.undone(answer.value), autoClose: 5_000 })
    onClose()
  }

  const lines = preview === null ? [] : words.undoLines(preview)
  const canUndo = preview !== null && preview.removed + preview.restored + (editedToo ? preview.editedSince : 0) > 0
  return (
    <Modal opened onClose={onClose} title={words.undoTitle(fileName)}>
      <div className={classes.fix}>
        <Problem text={problem} />
        {preview === null ? null : lines.length === 0 && preview.editedSince === 0 ? (
          <p>{words.undoNothing}</p>
        ) : (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {preview === null || preview.editedSince === 0 ? null : (
          <Checkbox
            label={words.undoEdited(preview.editedSince)}
            checked={editedToo}
            onChange={(event) => setEditedToo(event.currentTarget.checked)}
          />
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.keep}
          </Button>
          <BusyButton isBusy={isBusy} onClick={() => void undo()} disabled={!canUndo}>
            {words.undo}
          </BusyButton>
        </div>
      </div>
    </Modal>
  )
}
