import { z } from 'zod'

/** A message of the Phoenix channel protocol. */
export interface PhoenixMessage {
  readonly joinRef: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** How messages are written: 2.0.0 as arrays, 1.0.0 as objects. supabase-js 2 speaks either. */
export type ProtocolVersion = '1.0.0' | '2.0.0'

const ref = z.string().max(64).nullable()
const payload = z.record(z.string(), z.unknown()).catch({})
const arrayForm = z.tuple([ref, ref, z.string().max(255), z.string().max(64), payload])
const objectForm = z.object({
  join_ref: ref.optional(),
  ref: ref.optional(),
  topic: z.string().max(255),
  event: z.string().max(64),
  payload,
})

/** Reads a text frame; null for anything that is no message. */
export function readMessage(text: string, version: ProtocolVersion): PhoenixMessage | null {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return null
  }
  if (version === '2.0.0') {
    const parsed = arrayForm.safeParse(raw)
    if (!parsed.success) return null
    const [joinRef, messageRef, topic, event, content] = parsed.data
    return { joinRef, ref: messageRef, topic, event, payload: content }
  }
  const parsed = objectForm.safeParse(raw)
  if (!parsed.success) return null
  const { join_ref, ref: messageRef, topic, event, payload: content } = parsed.data
  return { joinRef: join_ref ?? null, ref: messageRef ?? null, topic, event, payload: content }
}

/** The text frame of a message. */
export function writeMessage(message: PhoenixMessage, version: ProtocolVersion): string {
  const { joinRef, ref: messageRef, topic, event, payload: content } = message
  return JSON.stringify(
    version === '2.0.0'
      ? [joinRef, messageRef, topic, event, content]
      : { join_ref: joinRef, ref: messageRef, topic, event, payload: content },
  )
}
