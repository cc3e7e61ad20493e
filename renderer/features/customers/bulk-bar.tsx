import { Button, Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { customerPermission, type Permission } from '#shared/permissions/customer-permissions.ts'
import { MERGE_AT_MOST } from '#shared/replica-api/bulk.ts'
import { strings } from '../../app/strings.ts'
import { CloseIcon } from '../../components/icons.tsx'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useBulk } from '../../hooks/use-bulk.ts'
import { useActor, useReplica } from '../../hooks/use-replica.ts'
import { useShortcuts } from '../../hooks/use-shortcuts.ts'
import { useStore } from '../../hooks/use-store.ts'
import { routes } from '../../lib/routes.ts'
import classes from './bulk-bar.module.css'
import { BulkOwner } from './bulk-owner.tsx'
import { BulkTags } from './bulk-tags.tsx'
import { focusIfNowhere } from './list-keys.ts'
import { useChosen } from './use-chosen.tsx'

const words = strings.listTools.bulk
/** Of nobody in particular: why the role refuses what belongs to others. */
const SOMEBODY_ELSES = { ownerId: null, createdByUserId: null }

/** What can be done with everybody who is chosen; each as the role allows. */
export function BulkBar() {
  const { client, picker, rows } = useReplica()
  const actor = useActor()
  const [, navigate] = useLocation()
  const { total } = useStore(rows)
  const { count, listed, summary } = useChosen()
  const { progress, run, stop } = useBulk()
  const [isTagging, setIsTagging] = useState(false)
  const notYours = summary === null ? 0 : summary.count - summary.editable
  const mayEdit = customerPermission(actor, 'edit', summary?.editable === 0 ? SOMEBODY_ELSES : undefined)
  const mayDelete = customerPermission(actor, 'delete')
  const mayMerge = mergePermission(customerPermission(actor, 'merge'), count)
  // Asked for now: what stands here may be of the choice before.
  const merge = (): void =>
    void client.request('bulk.look', { chosen: picker.chosen() }).then(
      ({ first }) => navigate(routes.merge(first)),
      () => undefined,
    )
  useShortcuts({
    ...(mayEdit.allowed && { t: () => setIsTagging(true) }),
    ...(mayMerge.allowed && { m: merge }),
  })
  useEffect(
    // The list goes on where the bar was.
    () => () => void requestAnimationFrame(() => focusIfNowhere(document.getElementById('customer-list'))),
    [],
  )

  return (
    <div className={classes.bar} role="toolbar" aria-label={words.label}>
      <div className={classes.who}>
        {count === 0 ? null : <b role="status">{words.selected(count)}</b>}
        {listed === null || listed === count ? null : (
          <span className={classes.note}>{words.notListed(count - listed, count)}</span>
        )}
        {summary !== null && notYours > 0 && mayEdit.allowed ? (
          <span className={classes.note}>{words.notYours(notYours, summary.count)}</span>
        ) : null}
      </div>
      {progress === null ? (
        <div className={classes.acts}>
          {total === 0 || listed === total ? null : (
            <Button variant="subtle" onClick={picker.chooseAll}>
              {words.selectAll(total)}
            </Button>
          )}
          <BulkTags
            isOpen={isTagging}
            setIsOpen={setIsTagging}
            permission={mayEdit}
            count={count}
            summary={summary}
            onApply={(add, remove) => void run({ kind: 'tags', add: [...add], remove: [...remove] })}
          />
          <BulkOwner permission={mayEdit} onChoose={(ownerId) => void run({ kind: 'owner', ownerId })} />
          <PermissionButton variant="default" permission={mayMerge} aria-keyshortcuts="m" onClick={merge}>
            {strings.actions.merge}
          </PermissionButton>
          <PermissionButton
            variant="default"
            permission={customerPermission(actor, 'export')}
            onClick={() => navigate(routes.export)}
          >
            {words.export}
          </PermissionButton>
          <PermissionButton variant="default" permission={mayDelete} onClick={() => void run({ kind: 'delete' })}>
            {strings.actions.delete}
          </PermissionButton>
        </div>
      ) : (
        <div className={classes.acts}>
          <Progress
            className={classes.progress ?? ''}
            value={progress.total === 0 ? 0 : (progress.done / progress.total) * 100}
            aria-label={words.runningLabel}
          />
          <span className={classes.note}>{words.running(progress.done, progress.total)}</span>
          <Button variant="default" onClick={stop}>
            {words.stop}
          </Button>
        </div>
      )}
      {count === 0 ? null : (
        <button type="button" className={classes.clear} aria-label={words.clear} onClick={picker.clear}>
          <CloseIcon />
        </button>
      )}
    </div>
  )
}

/** Two at least, and no more than one screen can compare. */
function mergePermission(byRole: Permission, count: number): Permission {
  if (!byRole.allowed || (count >= 2 && count <= MERGE_AT_MOST)) return byRole
  return { allowed: false, reason: words.mergeCount(2, MERGE_AT_MOST) }
}
