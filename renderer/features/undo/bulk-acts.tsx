import { Button } from '@mantine/core'
import { useId } from 'react'
import type { Member } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { BulkAct } from '#shared/replica-api/bulk.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useAnswer } from '../../hooks/use-answer.ts'
import { useBulk } from '../../hooks/use-bulk.ts'
import { useActor, useSignedIn } from '../../hooks/use-replica.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import { valueText } from '../../lib/value-text.ts'
import classes from './undo-page.module.css'

const words = strings.undo

/** The acts on many customers that this computer remembers, newest first. */
export function BulkActs() {
  const { progress, undoing, undo, stop } = useBulk()
  const acts = useAnswer('bulk.list', null, progress === null)
  const shown = acts.kind === 'ready' ? acts.value : []
  const { workspace } = useSignedIn()
  const actor = useActor()
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id} aria-busy={acts.kind === 'loading'}>
      <h2 id={id}>{words.bulk}</h2>
      <p className={classes.lead}>{words.bulkLead}</p>
      {acts.kind === 'failed' ? <p className={classes.lead}>{words.unread}</p> : null}
      {shown.length === 0 && acts.kind === 'ready' ? <p className={classes.lead}>{words.bulkNone}</p> : null}
      <ul className={classes.items}>
        {shown.map((act) => {
          const what = actText(act.change, workspace.members)
          const isUnderWay = progress?.bulkId === act.bulkId
          return (
            <li key={act.bulkId} className={classes.item}>
              <div>
                <b>{what}</b>
                <p className={classes.quiet}>
                  {isUnderWay
                    ? strings.listTools.bulk.running(progress.done, progress.total)
                    : words.customers(act.changed)}
                  {' · '}
                  <time dateTime={act.at} title={formatMoment(act.at)}>
                    {formatWhen(act.at)}
                  </time>
                  {act.restored === 0 || act.restored === act.changed
                    ? ''
                    : ` · ${words.undoneFor(act.restored, act.changed)}`}
                </p>
              </div>
              <div className={classes.buttons}>
                {isUnderWay ? (
                  <Button variant="default" onClick={stop}>
                    {strings.listTools.bulk.stop}
                  </Button>
                ) : null}
                {act.left === 0 && !isUnderWay ? (
                  <span className={classes.quiet}>{act.restored === 0 ? words.keptAll : words.undone}</span>
                ) : (
                  <PermissionButton
                    variant="default"
                    permission={customerPermission(actor, act.change.kind === 'delete' ? 'delete' : 'edit')}
                    isBusy={isUnderWay || undoing.has(act.bulkId)}
                    aria-label={words.undoOf(what)}
                    onClick={() => void undo(act.bulkId)}
                  >
                    {strings.actions.undo}
                  </PermissionButton>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function actText(change: BulkAct['change'], members: readonly Member[]): string {
  switch (change.kind) {
    case 'delete':
      return words.deletedMany
    case 'owner':
      return change.ownerId === null ? words.ownerNobody : words.owner(valueText('ownerId', change.ownerId, members))
    case 'tags': {
      const { add, remove } = change
      const added = add.length === 0 ? [] : [words.tagsAdded(add.join(', '))]
      return [...added, ...(remove.length === 0 ? [] : [words.tagsRemoved(remove.join(', '))])].join(' · ')
    }
  }
}
