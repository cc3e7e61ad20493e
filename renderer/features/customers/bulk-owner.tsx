import { Menu } from '@mantine/core'
import type { Permission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { useSignedIn } from '../../hooks/use-replica.ts'

const words = strings.listTools.bulk

/** Puts somebody in charge of everybody who is chosen. */
export function BulkOwner({
  permission,
  onChoose,
}: {
  readonly permission: Permission
  readonly onChoose: (ownerId: string | null) => void
}) {
  const { members } = useSignedIn().workspace
  if (!permission.allowed) {
    return (
      <PermissionButton variant="default" permission={permission} onClick={() => undefined}>
        {words.owner}
      </PermissionButton>
    )
  }
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <PermissionButton variant="default" permission={permission} onClick={() => undefined}>
          {words.owner}
        </PermissionButton>
      </Menu.Target>
      <Menu.Dropdown>
        {members.map(({ userId, name }) => (
          <Menu.Item key={userId} onClick={() => onChoose(userId)}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChoose(null)}>{words.ownerNobody}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
