import { chatLink } from '#shared/domain/chat-link.ts'
import type { Conversation } from '#shared/domain/conversation.ts'
import { strings } from '../app/strings.ts'
import { useSignedIn } from '../hooks/use-replica.ts'
import classes from './chat-link.module.css'

/** The way to a chat in the assistant itself, where the company has said where that is. */
export function ChatLink({ chat }: { readonly chat: Conversation }) {
  const href = chatLink(useSignedIn().workspace.chatUrl, chat.sessionId)
  if (href === null) return null
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer">
      {strings.detail.conversationWords.open}
    </a>
  )
}
