import { Button, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, useRef, useState } from 'react'
import { quoteRequestPermission } from '#shared/permissions/quote-permissions.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { emptyFormValues } from '../../lib/customer-form-values.ts'
import classes from './history.module.css'

const words = strings.history
const NOTE_LIMIT = 2_000

/** Asks for a new quote, like one that there is or a first one. What is asked can't be taken back, so there is a word first. */
export function HistoryAskQuote({
  customerId,
  quoteId,
  label,
}: {
  readonly customerId: string
  readonly quoteId: string | null
  readonly label: string
}) {
  const { customers } = useReplica().services
  const permission = quoteRequestPermission(useActor())
  const { drafts } = useReplica()
  const draft = `${customerId} quote ${quoteId ?? 'new'}`
  const [note, setNote] = useState(() => drafts.get(draft)?.notes ?? '')
  const [isOpen, setIsOpen] = useState(note !== '')
  const opener = useRef<HTMLButtonElement>(null)

  function change(text: string): void {
    setNote(text)
    drafts.keep(draft, { ...emptyFormValues(null), notes: text })
  }

  function close(): void {
    setIsOpen(false)
    setNote('')
    drafts.forget([draft])
    requestAnimationFrame(() => opener.current?.focus())
  }

  async function ask(): Promise<void> {
    const answer = await customers.requestQuote(customerId, quoteId, note)
    if (!answer.ok) {
      notifications.show({ color: 'red', title: words.askFailed, message: answer.error.message })
      return
    }
    notifications.show({ message: words.asked, autoClose: 4_000 })
    close()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (event.key !== 'Escape' && !isSend) return
    event.preventDefault()
    if (isSend) void ask()
    else close()
  }

  if (!isOpen) {
    return (
      <PermissionButton
        ref={opener}
        variant="default"
        size="compact-xs"
        permission={permission}
        onClick={() => setIsOpen(true)}
      >
        {label}
      </PermissionButton>
    )
  }
  return (
    <div className={classes.ask}>
      <Textarea
        label={words.note}
        description={words.noteHint}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={NOTE_LIMIT}
        autoFocus={note === ''}
        value={note}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={classes.askActions}>
        <Button variant="default" onClick={close}>
          {strings.actions.cancel}
        </Button>
        <Button onClick={() => void ask()}>{words.send}</Button>
      </div>
    </div>
  )
}
