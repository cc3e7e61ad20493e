import { notifications } from '@mantine/notifications'
import { useCallback, useMemo } from 'react'
import type { Conversation } from '#shared/domain/conversation.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { CustomerRow } from '#shared/replica-api/list.ts'
import type { AppError } from '#shared/util/result.ts'
import { strings } from '../../app/strings.ts'
import { showUndoToast } from '../../components/undo-toast.tsx'
import { useActor, useReplica } from '../../hooks/use-replica.ts'

const words = strings.conversations

/** What can be decided about a chat; each at once, with an undo. */
export interface ChatDecisions {
  readonly link: (chat: Conversation, customer: { readonly id: string; readonly name: string }) => Promise<void>
  /** Makes a customer although some look like it. */
  readonly create: (chat: Conversation) => Promise<void>
  /** Finds the customer, or makes one. Resolves to those that may be meant where it is not clear. */
  readonly findOrCreate: (chat: Conversation) => Promise<readonly CustomerRow[]>
}

/** Decides whose a chat is. A failure is told in its own words, and the chat waits on. */
export function useChatDecisions(): ChatDecisions {
  const { chats, customers } = useReplica().services
  const { userId, role } = useActor()

  const tell = useCallback((error: AppError): void => {
    notifications.show({ color: 'red', title: words.failed, message: error.message })
  }, [])

  const unlink = useCallback(
    async (chat: Conversation): Promise<boolean> => {
      const answer = await chats.syncToChat(chat.id, null)
      if (!answer.ok) tell(answer.error)
      return answer.ok
    },
    [chats, tell],
  )

  const linked = useCallback(
    (chat: Conversation, name: string): void => {
      showUndoToast(`linked-${chat.id}`, words.linked(name), () => void unlink(chat))
    },
    [unlink],
  )

  const created = useCallback(
    (chat: Conversation, customerId: string): void => {
      async function takeBack(): Promise<void> {
        if (!(await unlink(chat))) return
        const mayDelete = customerPermission({ userId, role }, 'delete').allowed
        const isGone = mayDelete && (await customers.deleteCustomer(customerId)).ok
        notifications.show({ message: isGone ? words.takenBack : words.customerStays, autoClose: 4_000 })
      }
      const name = chat.name ?? chat.email ?? chat.phone ?? words.nameless
      showUndoToast(`linked-${chat.id}`, words.created(name), () => void takeBack())
    },
    [customers, unlink, userId, role],
  )

  return useMemo(
    () => ({
      link: async (chat, customer) => {
        const answer = await chats.syncToChat(chat.id, customer.id, chat.customerId)
        if (answer.ok) linked(chat, customer.name)
        else tell(answer.error)
      },
      create: async (chat) => {
        const answer = await chats.createFromChat(chat)
        if (answer.ok) created(chat, answer.value.id)
        else tell(answer.error)
      },
      findOrCreate: async (chat) => {
        const answer = await chats.createOrUpdateFromChat(chat)
        if (!answer.ok) tell(answer.error)
        else if (answer.value.kind === 'needs_review') return answer.value.candidates
        else if (answer.value.kind === 'created') created(chat, answer.value.customerId)
        else linked(chat, (await customers.getCustomerById(answer.value.customerId))?.customer.name ?? '')
        return []
      },
    }),
    [chats, customers, created, linked, tell],
  )
}
