import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import { Link } from 'wouter'
import type { AttentionItem } from '#shared/replica-api/detail.ts'
import { strings } from '../../app/strings.ts'
import { FieldValue } from '../../components/field-value.tsx'
import { Problem } from '../../components/problem.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { attentionText } from '../../lib/attention-text.ts'
import { formatMoment } from '../../lib/format.ts'
import { routes } from '../../lib/routes.ts'
import { fieldLabel } from '../../lib/value-text.ts'
import { spoken } from '../../texts/spoken.ts'
import classes from './attention-item.module.css'
import { ResendForm } from './resend-form.tsx'

const words = strings.attention
type Refused = Extract<AttentionItem, { kind: 'rejected' }>

/** A write that the server refused: why, what was tried, what stands there, and the ways on. */
export function RefusedItem({ item }: { readonly item: Refused }) {
  const { client } = useReplica()
  const { members } = useSignedIn().workspace
  const [isEditing, setIsEditing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isCopied, setIsCopied] = useState(false)
  const hasFields = Object.keys(item.changes).length > 0

  async function resend(): Promise<void> {
    const answer = await client.request('attention.resend', { customerId: item.customerId }).catch(() => null)
    if (answer?.ok !== true) setProblem(answer?.error.message ?? words.failed)
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(attentionText(item, members))
      setIsCopied(true)
    } catch {
      setProblem(words.copyFailed)
    }
  }

  function discard(): void {
    modals.openConfirmModal({
      title: words.discardTitle,
      children: words.discardBody(item.customerName),
      labels: { confirm: words.discardConfirm, cancel: words.discardKeep },
      confirmProps: { color: 'red.8' },
      onConfirm: () => {
        client.request('attention.discard', { customerId: item.customerId }).then(
          (answer) => setProblem(answer.ok ? null : answer.error.message),
          () => setProblem(words.failed),
        )
      },
    })
  }

  return (
    <article className={classes.item}>
      <header className={classes.head}>
        <StatusDot tone="wrong" />
        <h2>
          {item.op === 'create' || item.mergedInto !== null ? (
            item.customerName
          ) : (
            <Link href={routes.customer(item.customerId)}>{item.customerName}</Link>
          )}
        </h2>
        <span className={classes.when}>
          {words.ops[item.op]} · {formatMoment(item.at)}
        </span>
      </header>
      <p className={classes.reason}>
        {spoken(item.reason)}
        {item.mergedInto === null ? null : (
          <>
            {' '}
            {words.wentTo} <Link href={routes.customer(item.mergedInto.id)}>{item.mergedInto.name}</Link>
          </>
        )}
      </p>
      {isEditing ? (
        <ResendForm item={item} onDone={() => setIsEditing(false)} />
      ) : (
        <>
          {hasFields ? <Comparison item={item} /> : null}
          <div className={classes.actions}>
            {hasFields && item.mergedInto !== null ? (
              <Button onClick={() => void resend()}>{words.sendTo(item.mergedInto.name)}</Button>
            ) : null}
            {hasFields ? (
              <Button variant={item.mergedInto === null ? 'filled' : 'default'} onClick={() => setIsEditing(true)}>
                {words.editResend}
              </Button>
            ) : (
              <Button onClick={() => void resend()}>{words.resend}</Button>
            )}
            <Button variant="default" onClick={() => void copy()}>
              {isCopied ? words.copied : words.copy}
            </Button>
            <Button variant="default" onClick={discard}>
              {words.discard}
            </Button>
          </div>
        </>
      )}
      <Problem text={problem} />
    </article>
  )
}

function Comparison({ item }: { readonly item: Refused }) {
  const { changes } = item
  const current: Readonly<Record<string, unknown>> | null = item.current
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.tried}</th>
          {current === null ? null : <th scope="col">{words.server}</th>}
        </tr>
      </thead>
      <tbody>
        {Object.entries(changes).map(([field, value]) => (
          <tr key={field} className={field === item.field ? classes.fault : undefined}>
            <th scope="row">{fieldLabel(field)}</th>
            <td>
              <FieldValue field={field} value={value} />
            </td>
            {current === null ? null : (
              <td>
                <FieldValue field={field} value={current[field]} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
