import { z } from 'zod'

/** Stands in the address for the id of the chat. */
const SESSION = '{session}'

/**
 * Where the assistant shows a chat, such as `https://chat.example.com/sessions/{session}`. The id stands
 * behind the host, so that no chat can lead anywhere else; Postgres asks the same (`set_chat_link`).
 */
export const chatUrlSchema = z
  .string()
  .max(500)
  .regex(/^https:\/\/[^\s/?#@{}\\]+[/?#]\S*$/)
  .refine((text) => text.includes(SESSION) && URL.canParse(text))

/** The address of a chat; null: it has no id, or the company has not said where chats are. */
export function chatLink(template: string | null | undefined, sessionId: string | null): string | null {
  const parsed = chatUrlSchema.safeParse(template)
  // What is erased keeps no id that the assistant would know.
  if (!parsed.success || sessionId === null || sessionId.startsWith('erased-')) return null
  // As parts of a path these are steps, to another page of the assistant.
  if (sessionId === '.' || sessionId === '..') return null
  return parsed.data.replaceAll(SESSION, () => encodeURIComponent(sessionId))
}
