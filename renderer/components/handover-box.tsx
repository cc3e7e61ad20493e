import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { type ReactNode, useState } from 'react'
import type { Handover } from '#shared/replica-api/handover.ts'
import { strings } from '../app/strings.ts'
import { useReplica } from '../hooks/use-replica.ts'
import { saveTextFile } from '../lib/save-file.ts'
import classes from './handover-box.module.css'
import { Problem } from './problem.tsx'

const words = strings.handover

/** Unsent changes that were kept when access was lost: save them, send them after all, or let them go. */
export function HandoverBox({
  handover,
  onDone,
  children,
}: {
  readonly handover: Handover
  /** The hand-over is gone from this device. */
  readonly onDone: () => void
  readonly children?: ReactNode
}) {
  const { client } = useReplica()
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { id } = handover

  async function save(): Promise<void> {
    const answer = await client.request('handover.save', { id }).catch(() => null)
    if (answer?.ok !== true) return setProblem(answer?.error.message ?? words.failed)
    setProblem(null)
    if (!(await saveTextFile(answer.value.fileName, answer.value.content))) return
    setPassphrase(answer.value.passphrase)
  }

  async function requeue(): Promise<void> {
    const answer = await client.request('handover.requeue', { id }).catch(() => null)
    if (answer?.ok === true) onDone()
    else setProblem(answer?.error.message ?? words.failed)
  }

  async function discard(): Promise<void> {
    const answer = await client.request('handover.discard', { id }).catch(() => null)
    if (answer?.ok === true) onDone()
    else setProblem(answer?.error.message ?? words.failed)
  }

  function confirmDiscard(): void {
    modals.openConfirmModal({
      title: words.discardTitle(handover.unsent),
      children: words.discardBody,
      labels: { confirm: words.discardConfirm, cancel: words.keep },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void discard(),
    })
  }

  return (
    <section className={classes.box} aria-label={words.label(handover.companyName)}>
      <p>{words.kept(handover.unsent, handover.companyName)}</p>
      {passphrase === null ? null : (
        <output className={classes.saved}>
          <span>{words.passphrase}</span>
          <code className={classes.passphrase}>{passphrase}</code>
          <span>{words.passphraseLead}</span>
        </output>
      )}
      <div className={classes.actions}>
        {handover.canRequeue ? <Button onClick={() => void requeue()}>{words.requeue}</Button> : null}
        <Button variant={handover.canRequeue || passphrase !== null ? 'default' : 'filled'} onClick={() => void save()}>
          {passphrase === null ? words.save : words.saveAgain}
        </Button>
        {passphrase === null ? (
          <Button variant="default" onClick={confirmDiscard}>
            {words.discard}
          </Button>
        ) : (
          <Button onClick={() => void discard()}>{words.remove}</Button>
        )}
        {children}
      </div>
      <Problem text={problem} />
    </section>
  )
}
