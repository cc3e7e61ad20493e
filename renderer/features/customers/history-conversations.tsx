import type { Customer } from '#shared/domain/customer.ts'
import type { CustomerHistory } from '#shared/replica-api/history.ts'
import { strings } from '../../app/strings.ts'
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
              <ul className={classes.lines}>
                {chat.messages.map((message, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id and only ever grow at the end.
                  <li key={index}>
                    <span className={classes.strong}>{words.speakers[message.role] ?? message.role}</span>{' '}
                    {message.text}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </HistoryList>
  )
}
