import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { RefusedRecord } from '#shared/replica-api/records.ts'
import { strings } from '../../app/strings.ts'
import { Problem } from '../../components/problem.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { formatMoment } from '../../lib/format.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './attention-item.module.css'

const words = strings.attention

/** A refused change of anything but a customer: why, and the ways on. */
export function RefusedRecordItem({
  item,
  onSettled,
}: {
  readonly item: RefusedRecord
  readonly onSettled: () => void
}) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)
  const title = words.recordRefused(words.records[item.collection] ?? item.collection, item.name)

  function settle(request: 'attention.resendRecord' | 'attention.discardRecord'): void {
    client.request(request, { key: item.key }).then(
      (answer) => {
        setProblem(answer.ok ? null : answer.error.message)
        onSettled()
      },
      () => setProblem(words.failed),
    )
  }

  function discard(): void {
    modals.openConfirmModal({
      title: words.discardTitle,
      children: words.discardBody(title),
      labels: { confirm: words.discardConfirm, cancel: words.discardKeep },
      confirmProps: { color: 'red.8' },
      onConfirm: () => settle('attention.discardRecord'),
    })
  }

  return (
    <article className={classes.item}>
      <header className={classes.head}>
        <StatusDot tone="wrong" />
        <h2>{title}</h2>
        <span className={classes.when}>{formatMoment(item.at)}</span>
      </header>
      <p className={classes.reason}>{spoken(item.reason)}</p>
      <div className={classes.actions}>
        <Button onClick={() => settle('attention.resendRecord')}>{words.resend}</Button>
        <Button variant="default" onClick={discard}>
          {words.discard}
        </Button>
      </div>
      <Problem text={problem} />
    </article>
  )
}
