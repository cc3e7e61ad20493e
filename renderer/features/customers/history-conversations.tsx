import type { Customer } from '#shared/domain/customer.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
import { ChatLink } from '../../components/chat-link.tsx'
import { ChatMessages } from '../../components/chat-messages.tsx'
import classes from './history.module.css'
import { HistoryList, HistoryTime } from './history-list.tsx'
import { UnlinkChat } from './unlink-chat.tsx'

const words = strings.detail.conversationWords

/** The chats of a customer: what each was about, and every word of it on request. */
export function HistoryConversations({
  conversations,
  customer,
}: {
  readonly conversations: CustomerHistory['conversations']
  readonly customer: Customer
}) {
  const { rows, total } = conversations
  return (
    <HistoryList shown={rows.length} total={total} empty={words}>
      {rows.map((chat) => (
        <li key={chat.id} className={classes.item}>
          <div className={classes.line}>
            <span className={classes.what}>{chat.summary ?? chat.messages[0]?.text ?? words.noText}</span>
            <UnlinkChat chat={chat} customer={customer} />
            <HistoryTime at={chat.createdAt} />
          </div>
          {chat.messages.length === 0 ? null : (
            <details className={classes.more}>
              <summary>{words.messages(chat.messages.length)}</summary>
              <ChatMessages messages={chat.messages} />
            </details>
          )}
          <ChatLink chat={chat} />
        </li>
      ))}
    </HistoryList>
  )
}
