import { notifications } from '@mantine/notifications'
import type { Conversation } from '#shared/domain/conversation.ts'
import type { Customer } from '#shared/domain/customer.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import { strings } from '../../app/strings.ts'
import { PermissionButton } from '../../components/permission-button.tsx'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'

const words = strings.detail.conversationWords

/** Says that a chat is somebody else's: it leaves this customer at once, and can be taken back. */
export function UnlinkChat({ chat, customer }: { readonly chat: Conversation; readonly customer: Customer }) {
  const { chats } = useReplica().services

  async function link(customerId: string | null): Promise<boolean> {
    const answer = await chats.syncToChat(chat.id, customerId)
    if (!answer.ok) notifications.show({ color: 'red', title: words.linkFailed, message: answer.error.message })
    return answer.ok
  }

  async function unlink(): Promise<void> {
    if (!(await link(null))) return
    showUndoToast(`unlinked-${chat.id}`, words.unlinked(customer.name), () => void link(chat.customerId))
  }

  return (
    <PermissionButton
      variant="default"
      size="compact-xs"
      permission={customerPermission(useActor(), 'edit', customer)}
      onClick={() => void unlink()}
    >
      {words.unlink}
    </PermissionButton>
  )
}
