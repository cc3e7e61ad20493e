import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import type { Activity } from '#shared/domain/activity.ts'
import { type CustomerSource, customerFieldSchema } from '#shared/domain/customer.ts'
import type { Member } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { assertNever } from '#shared/util/assert-never.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useActor, useSignedIn } from '../../hooks/use-replica.ts'
import { useUndoMerge } from '../../hooks/use-undo-merge.ts'
import { fieldLabel, valueText } from '../../lib/value-text.ts'
import classes from './history.module.css'
import { HistoryList, HistoryTime } from './history-list.tsx'

const words = strings.detail.activityWords
const { history: more } = strings
const changeSchema = z.object({ from: z.unknown(), to: z.unknown() })

/** What the server notes of a merge that it has done. */
const mergeNoteSchema = z.object({ mergeId: z.object({ to: z.string() }) })

type Merge = CustomerHistory['merges']['rows'][number]

type Contact = CustomerHistory['interactions']['rows'][number]

const SHOWN = ['all', 'changes', 'contacts'] as const
type Shown = (typeof SHOWN)[number]

/** Something that happened. */
type Entry = { readonly id: string; readonly at: string } & (
  | { readonly kind: 'change'; readonly change: Activity }
  | { readonly kind: 'merge'; readonly merge: Merge }
  | { readonly kind: 'contact'; readonly contact: Contact }
)

/**
 * Who did what with a customer, as the server wrote it down, who looked at it or was in contact, and
 * merges that wait to be sent. A merge can be taken back here, however long ago it was.
 */
export function HistoryActivity({
  history,
  source,
}: {
  readonly history: CustomerHistory
  /** How the customer came to be here. */
  readonly source: CustomerSource
}) {
  const { members } = useSignedIn().workspace
  const [shown, setShown] = useState<Shown>('all')
  const { activity, interactions } = history
  const entries = entriesOf(history).filter(
    ({ kind }) => shown === 'all' || (kind === 'contact') === (shown === 'contacts'),
  )
  const totals = { changes: activity.total, contacts: interactions.total, all: activity.total + interactions.total }
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={more.showLabel}
          value={shown}
          onChange={setShown}
          data={SHOWN.map((value) => ({ value, label: more.show[value] }))}
        />
      </div>
      <HistoryList
        shown={entries.length}
        total={Math.max(entries.length, totals[shown])}
        empty={shown === 'all' ? words : { title: more.nothingSuch, body: words.body }}
      >
        {entries.map((entry) => {
          switch (entry.kind) {
            case 'merge':
              return <MergeEntry key={entry.id} merge={entry.merge} />
            case 'contact':
              return <ContactEntry key={entry.id} contact={entry.contact} />
            case 'change':
              return <ChangeEntry key={entry.id} change={entry.change} source={source} members={members} />
            default:
              return assertNever(entry)
          }
        })}
      </HistoryList>
    </>
  )
}

/** Everything in one row, newest first; a merge stands for what the server noted of it. */
function entriesOf({ activity, merges, interactions }: CustomerHistory): Entry[] {
  const waiting = merges.rows.filter(({ state }) => state === 'waiting')
  const entries: Entry[] = [
    ...waiting.map((merge) => ({ kind: 'merge' as const, id: merge.id, at: merge.at, merge })),
    ...interactions.rows.map((contact) => ({ kind: 'contact' as const, id: contact.id, at: contact.at, contact })),
    ...activity.rows.map((change): Entry => {
      const { id, at } = change
      const mergeId =
        change.action === 'merged' ? mergeNoteSchema.safeParse(change.changes).data?.mergeId.to : undefined
      const merge = merges.rows.find((one) => one.id === mergeId)
      return merge === undefined ? { kind: 'change', id, at, change } : { kind: 'merge', id, at, merge }
    }),
  ]
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

function ContactEntry({ contact: { userName, type, at } }: { readonly contact: Contact }) {
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span className={classes.what}>
          <span className={classes.strong}>{userName ?? words.nobody}</span>{' '}
          <span className={classes.quiet}>{more.interactions[type] ?? type}</span>
        </span>
        <HistoryTime at={at} />
      </div>
    </li>
  )
}

function ChangeEntry({
  change,
  source,
  members,
}: {
  readonly change: Activity
  readonly source: CustomerSource
  readonly members: readonly Member[]
}) {
  const what = change.action === 'created' ? more.created[source] : (words.actions[change.action] ?? change.action)
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span className={classes.what}>
          <span className={classes.strong}>{change.userName ?? words.nobody}</span>{' '}
          <span className={classes.quiet}>{what}</span>
        </span>
        <HistoryTime at={change.at} />
      </div>
      <Changes entry={change} members={members} />
    </li>
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
