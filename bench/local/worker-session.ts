import type { Page } from '@playwright/test'
import { z } from 'zod'

const replySchema = z.object({
  id: z.number(),
  result: z.object({ usedSize: z.number().optional(), backingStorageSize: z.number().optional() }),
})
type Reply = z.infer<typeof replySchema>['result']

/** The page's worker as the DevTools protocol shows it. */
export interface WorkerSession {
  readonly ask: (method: string) => Promise<Reply>
  /** Its JavaScript objects and its typed arrays, in MB, what could be collected included. */
  readonly heapMb: () => Promise<{ readonly objects: number; readonly arrays: number }>
  readonly detach: () => Promise<void>
}

/** Opens a session with the page's worker. */
export async function openWorkerSession(page: Page): Promise<WorkerSession> {
  const session = await page.context().newCDPSession(page)
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId)
    })
  })
  // Not flat: Playwright hides the sessions of workers otherwise.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const sessionId = await attached
  const waiting = new Map<number, (reply: Reply) => void>()
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const reply = replySchema.safeParse(JSON.parse(message)).data
    if (reply !== undefined) waiting.get(reply.id)?.(reply.result)
  })
  let last = 0
  const ask = (method: string) => {
    const id = ++last
    const answered = new Promise<Reply>((resolve) => waiting.set(id, resolve)).finally(() => waiting.delete(id))
    return session
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .then(() => answered)
  }
  return {
    ask,
    heapMb: async () => {
      const { usedSize, backingStorageSize } = await ask('Runtime.getHeapUsage')
      if (usedSize === undefined || backingStorageSize === undefined) throw new Error('the worker tells no heap')
      return { objects: usedSize / 1e6, arrays: backingStorageSize / 1e6 }
    },
    detach: () => session.detach(),
  }
}
