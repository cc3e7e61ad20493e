import { z } from 'zod'
import type { Activity } from '#shared/domain/activity.ts'
import { customerFieldSchema } from '#shared/domain/customer.ts'
import type { Member } from '#shared/domain/workspace.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { useSignedIn } from '../../hooks/use-replica.ts'
import { fieldLabel, valueText } from '../../lib/value-text.ts'
import classes from './history.module.css'
import { HistoryList, HistoryTime } from './history-list.tsx'

const words = strings.detail.activityWords
const changeSchema = z.object({ from: z.unknown(), to: z.unknown() })

/** Who did what with a customer, as the server wrote it down. */
export function HistoryActivity({ activity }: { readonly activity: CustomerHistory['activity'] }) {
  const { members } = useSignedIn().workspace
  return (
    <HistoryList shown={activity.rows.length} total={activity.total} empty={words}>
      {activity.rows.map((entry) => (
        <li key={entry.id} className={classes.item}>
          <div className={classes.line}>
            <span className={classes.what}>
              <span className={classes.strong}>{entry.userName ?? words.nobody}</span>{' '}
              <span className={classes.quiet}>{words.actions[entry.action] ?? entry.action}</span>
            </span>
            <HistoryTime at={entry.at} />
          </div>
          <Changes entry={entry} members={members} />
        </li>
      ))}
    </HistoryList>
  )
}

/** Field by field: what it was and what it became. The ids of merges and chats say nothing to a person. */
function Changes({ entry, members }: { readonly entry: Activity; readonly members: readonly Member[] }) {
  const changes = Object.entries(entry.changes).flatMap(([field, value]) => {
    const change = changeSchema.safeParse(value)
    return change.success && customerFieldSchema.safeParse(field).success ? [{ field, ...change.data }] : []
  })
  if (changes.length === 0) return null
  return (
    <ul className={classes.lines}>
      {changes.map(({ field, from, to }) => (
        <li key={field}>
          {fieldLabel(field)} <del className={classes.was}>{valueText(field, from, members)}</del> →{' '}
          <ins>{valueText(field, to, members)}</ins>
        </li>
      ))}
    </ul>
  )
}
