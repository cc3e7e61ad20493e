import { z } from 'zod'

/**
 * The envelope between the UI thread and the replica worker (postMessage). Both sides may ask.
 * The bodies are parsed with the schemas of `contract.ts`.
 */
export const messageSchema = z.discriminatedUnion('type', [
  /** First message, from the UI: which platform hosts the worker. */
  z.object({ type: z.literal('init'), platform: z.enum(['browser', 'electron']) }),
  z.object({ type: z.literal('request'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.number().int(), output: z.unknown() }),
  /** A bug on the other side: no stack, no personal data. */
  z.object({ type: z.literal('crash'), id: z.number().int(), message: z.string() }),
  z.object({ type: z.literal('notice'), name: z.string(), body: z.unknown() }),
])
export type Message = z.infer<typeof messageSchema>
