import { Button } from '@mantine/core'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import type { DuplicateGroup } from '#shared/replica-api/duplicates.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { spoken } from '../../texts/spoken.ts'
import classes from './duplicates-page.module.css'
import { GroupTable } from './group-table.tsx'
import { namesOf } from './names-of.ts'

const words = strings.duplicates

/** One group: how likely, why, side by side with what would come out, and the ways to decide. */
export function GroupReview({
  group,
  permission,
  onAccept,
  onEdit,
  onDismiss,
  onSkip,
}: {
  readonly group: DuplicateGroup
  readonly permission: Permission
  readonly onAccept: () => void
  readonly onEdit: () => void
  readonly onDismiss: () => void
  readonly onSkip: () => void
}) {
  return (
    <article className={classes.group} aria-label={words.groupLabel(namesOf(group))}>
      <p className={classes.why} aria-live="polite">
        <strong>{words.confidence(group.probability)}</strong> {group.reasons.map(spoken).join(', ')}
      </p>
      <div className={classes.actions}>
        <PermissionButton permission={permission} onClick={onAccept}>
          {words.accept} <kbd className={classes.key}>A</kbd>
        </PermissionButton>
        <Button variant="default" onClick={onEdit}>
          {words.edit} <kbd className={classes.key}>E</kbd>
        </Button>
        <PermissionButton variant="default" permission={permission} onClick={onDismiss}>
          {words.dismiss} <kbd className={classes.key}>R</kbd>
        </PermissionButton>
        <Button variant="default" onClick={onSkip}>
          {words.skip} <kbd className={classes.key}>S</kbd>
        </Button>
      </div>
      <GroupTable group={group} />
    </article>
  )
}
