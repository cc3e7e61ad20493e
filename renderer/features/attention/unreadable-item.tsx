import { Button } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import type { UnreadableItem as Item } from '#shared/replica-api/storage-incident.ts'
import { strings } from '../../app/strings.ts'
import { Problem } from '../../components/problem.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { useReplica } from '../../hooks/use-replica.ts'
import { saveTextFile } from '../../lib/save-file.ts'
import { fieldLabel } from '../../lib/value-text.ts'
import classes from './attention-item.module.css'

const words = strings.attention

/** Unsent work that can't be read as such any more: what there is of it, to be saved or discarded. */
export function UnreadableItem({ item, onSettled }: { readonly item: Item; readonly onSettled: () => void }) {
  const { client } = useReplica()
  const [problem, setProblem] = useState<string | null>(null)
  const title = words.unreadableTitle(item.title)

  async function discard(): Promise<void> {
    const answer = await client.request('attention.discardUnreadable', { stored: item.stored }).catch(() => null)
    if (answer?.ok === true) onSettled()
    else setProblem(answer?.error.message ?? words.failed)
  }

  function confirmDiscard(): void {
    modals.openConfirmModal({
      title: words.discardTitle,
      children: words.discardBody(item.title ?? words.emptyValue),
      labels: { confirm: words.discardConfirm, cancel: words.discardKeep },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void discard(),
    })
  }

  return (
    <article className={classes.item}>
      <header className={classes.head}>
        <StatusDot tone="wrong" />
        <h2>{title}</h2>
      </header>
      <p className={classes.reason}>{words.unreadableReason}</p>
      {item.lines.length === 0 ? (
        <pre className={classes.stored}>{item.stored}</pre>
      ) : (
        <table className={classes.table}>
          <tbody>
            {item.lines.map(({ field, value }, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a field may come twice, and lines never move.
              <tr key={line}>
                <th scope="row">{fieldLabel(field)}</th>
                <td>{value === '' ? words.emptyValue : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={() => void saveTextFile('unreadable-change.json', item.stored)}>
          {words.saveText}
        </Button>
        <Button variant="default" onClick={confirmDiscard}>
          {words.discard}
        </Button>
      </div>
      <Problem text={problem} />
    </article>
  )
}
