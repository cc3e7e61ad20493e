import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type ErasureReason, erasureReasonSchema } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { BusyButton } from '../../components/busy-button.tsx'
import { Problem } from '../../components/problem.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.privacy
const REASONS = erasureReasonSchema.options.map((value) => ({ value, label: words.reasons[value] }))

/** Says exactly what will be gone, and has the name typed before it is. */
export function EraseDialog({
  customer,
  onClose,
  onErased,
}: {
  readonly customer: { readonly id: string; readonly name: string }
  readonly onClose: () => void
  readonly onErased: (done: { conversations: number; lookAt: readonly string[] }) => void
}) {
  const { client } = useReplica()
  const [reason, setReason] = useState<ErasureReason>('requested')
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isSure = typed.trim() === customer.name.trim()

  async function erase(): Promise<void> {
    setProblem(null)
    setIsBusy(true)
    const answer = await askOnline(client.request, 'privacy.erase', { customerId: customer.id, reason })
    setIsBusy(false)
    if (!answer.ok) return setProblem(answer.error.message)
    onClose()
    onErased(answer.value)
  }

  return (
    <Modal opened onClose={onClose} title={words.eraseTitle(customer.name)}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure && !isBusy) void erase()
        }}
      >
        <ul className={classes.gone}>
          {words.eraseGone.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className={classes.note}>{words.eraseStays}</p>
        <p>{words.eraseUndo}</p>
        <NativeSelect
          size="xs"
          label={words.reason}
          data={REASONS}
          value={reason}
          onChange={(event) => setReason(erasureReasonSchema.parse(event.currentTarget.value))}
        />
        <TextInput
          label={words.typeName(customer.name)}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Problem text={problem} />
        <div className={classes.foot}>
          <Button variant="default" onClick={onClose}>
            {strings.actions.cancel}
          </Button>
          <BusyButton type="submit" color="red.8" disabled={!isSure} isBusy={isBusy}>
            {words.eraseConfirm}
          </BusyButton>
        </div>
      </form>
    </Modal>
  )
}
