import { NativeSelect } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { type Role, roleSchema } from '#shared/domain/role.ts'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import type { MemberDetail } from '#shared/replica-api/administration.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useReplica, useSignedIn } from '../../hooks/use-replica.ts'
import { cx } from '../../lib/cx.ts'
import { formatMoment, formatWhen } from '../../lib/format.ts'
import classes from './settings.module.css'
import { askOnline } from './use-online.ts'

const words = strings.settings.members
const ROLES = roleSchema.options.map((value) => ({ value, label: strings.roles[value] }))

/** The members, each with their role to change, and the way out. */
export function MemberList({
  members,
  onChange,
}: {
  readonly members: readonly MemberDetail[]
  readonly onChange: () => void
}) {
  const { client } = useReplica()
  const { user } = useSignedIn()
  const owners = members.filter(({ role }) => role === 'owner').length

  async function changeRole(member: MemberDetail, role: Role, isUndo = false): Promise<void> {
    const answer = await askOnline(client.request, 'members.changeRole', { userId: member.userId, role })
    onChange()
    if (!answer.ok) {
      notifications.show({ color: 'red', title: words.changeFailed, message: answer.error.message })
    } else if (!isUndo && member.userId !== user.id) {
      const message = words.changed(member.name, strings.roles[role])
      showUndoToast(`role-${member.userId}`, message, () => void changeRole(member, member.role, true))
    }
  }

  function choose(member: MemberDetail, role: Role): void {
    if (role === member.role) return
    if (member.userId !== user.id) return void changeRole(member, role)
    // Nobody can take this back for themselves.
    modals.openConfirmModal({
      title: words.demoteTitle,
      children: words.demoteBody(strings.roles[role]),
      labels: { confirm: words.demote, cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void changeRole(member, role),
    })
  }

  async function remove(member: MemberDetail): Promise<void> {
    const answer = await askOnline(client.request, 'members.remove', { userId: member.userId })
    onChange()
    notifications.show(
      answer.ok
        ? { message: words.removed(member.name) }
        : { color: 'red', title: words.removeOf(member.name), message: answer.error.message },
    )
  }

  function confirmRemoval(member: MemberDetail): void {
    modals.openConfirmModal({
      title: words.removeTitle(member.name),
      children: (
        <ul className={classes.gone}>
          <li>{words.removeCustomers(member.customers)}</li>
          <li>{words.removeFilters(member.sharedFilters)}</li>
          <li>{words.removeDevices}</li>
          <li>{words.removeBack}</li>
        </ul>
      ),
      labels: { confirm: words.removeOf(member.name), cancel: strings.actions.cancel },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void remove(member),
    })
  }

  return (
    <ul className={classes.people} aria-label={words.list}>
      {members.map((member) => {
        const { userId, name, email, role, joinedAt, customers } = member
        const isLastOwner = role === 'owner' && owners === 1
        const mayGo: Permission = isLastOwner ? { allowed: false, reason: words.lastOwner } : { allowed: true }
        return (
          <li key={userId} className={classes.person}>
            <div className={classes.who}>
              {userId === user.id ? words.you(name) : name}
              <span className={classes.sub}>{email}</span>
            </div>
            <span className={cx(classes.note, classes.wide)}>{words.owns(customers)}</span>
            <span className={cx(classes.note, classes.wide)} title={formatMoment(joinedAt)}>
              {words.since(formatWhen(joinedAt))}
            </span>
            {isLastOwner ? (
              <span title={words.lastOwner}>{strings.roles[role]}</span>
            ) : (
              <NativeSelect
                size="xs"
                aria-label={words.roleOf(name)}
                data={ROLES}
                value={role}
                onChange={(event) => choose(member, roleSchema.parse(event.currentTarget.value))}
              />
            )}
            <PermissionButton
              variant="default"
              permission={mayGo}
              aria-label={words.removeOf(name)}
              onClick={() => confirmRemoval(member)}
            >
              {words.remove}
            </PermissionButton>
          </li>
        )
      })}
    </ul>
  )
}
