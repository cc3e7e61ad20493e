import { z } from 'zod'
import type { Activity } from '#shared/domain/activity.ts'
import { customerFieldSchema } from '#shared/domain/customer.ts'
import type { Member } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useSignedIn } from '../../hooks/use-replica.ts'
import { useUndoMerge } from '../../hooks/use-undo-merge.ts'
import { fieldLabel, valueText } from '../../lib/value-text.ts'
import classes from './history.module.css'
import { HistoryList, HistoryTime } from './history-list.tsx'

const words = strings.detail.activityWords
const changeSchema = z.object({ from: z.unknown(), to: z.unknown() })

/** What the server notes of a merge that it has done. */
const mergeNoteSchema = z.object({ mergeId: z.object({ to: z.string() }) })

type Merge = CustomerHistory['merges']['rows'][number]

/**
 * Who did what with a customer, as the server wrote it down, and merges that wait to be sent. A merge
 * can be taken back here, however long ago it was.
 */
export function HistoryActivity({
  activity,
  merges,
}: {
  readonly activity: CustomerHistory['activity']
  readonly merges: CustomerHistory['merges']
}) {
  const { members } = useSignedIn().workspace
  const waiting = merges.rows.filter(({ state }) => state === 'waiting')
  return (
    <HistoryList shown={activity.rows.length + waiting.length} total={activity.total + waiting.length} empty={words}>
      {waiting.map((merge) => (
        <MergeEntry key={merge.id} merge={merge} />
      ))}
      {activity.rows.map((entry) => {
        const mergeId =
          entry.action === 'merged' ? mergeNoteSchema.safeParse(entry.changes).data?.mergeId.to : undefined
        const merge = merges.rows.find(({ id }) => id === mergeId)
        if (merge !== undefined) return <MergeEntry key={entry.id} merge={merge} />
        return (
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
        )
      })}
    </HistoryList>
  )
}

/** Who was merged into this customer, and the way back. */
function MergeEntry({ merge }: { readonly merge: Merge }) {
  const undoMerge = useUndoMerge()
  const permission = customerPermission(useActor(), 'merge')
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span className={classes.what}>
          <span className={classes.strong}>{merge.byName ?? words.nobody}</span>{' '}
          <span className={classes.quiet}>
            {merge.names.length === 0 ? words.actions.merged : words.mergedIn(merge.names.join(', '))}
            {merge.state === 'done' ? '' : ` · ${merge.state === 'waiting' ? words.mergeWaiting : words.mergeUndone}`}
          </span>
        </span>
        {merge.state === 'undone' ? null : (
          <PermissionButton
            variant="default"
            size="compact-xs"
            permission={permission}
            onClick={() => void undoMerge(merge.id)}
          >
            {strings.actions.undo}
          </PermissionButton>
        )}
        <HistoryTime at={merge.at} />
      </div>
    </li>
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
