import type { Conversation } from '#shared/domain/conversation.ts'
import { strings } from '../app/strings.ts'
import { formatMoment } from '../lib/format.ts'
import classes from './chat-messages.module.css'

const words = strings.detail.conversationWords

/** What was said in a chat, in order. */
export function ChatMessages({ messages }: { readonly messages: Conversation['messages'] }) {
  return (
    <ol className={classes.messages}>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no id and only ever grow at the end.
        <li key={index} className={classes.message} data-role={message.role}>
          <span className={classes.who}>
            {words.speakers[message.role] ?? message.role}
            {message.at == null ? null : <time dateTime={message.at}> {formatMoment(message.at)}</time>}
          </span>
          <span className={classes.text}>{message.text}</span>
        </li>
      ))}
    </ol>
  )
}
