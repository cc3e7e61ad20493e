import type { Page } from '@playwright/test'
import { z } from 'zod'

const replySchema = z.object({
  id: z.number(),
  result: z.object({ usedSize: z.number().optional(), backingStorageSize: z.number().optional() }),
})

/** What the page's worker holds after a collection, in MB: its JavaScript objects and its typed arrays. */
export async function workerHeapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId)
    })
  })
  // Not flat: Playwright hides the sessions of workers otherwise.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const sessionId = await attached
  const ask = (id: number, method: string) => {
    const answered = new Promise<z.infer<typeof replySchema>['result']>((resolve) => {
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        const reply = replySchema.safeParse(JSON.parse(message)).data
        if (reply?.id === id) resolve(reply.result)
      })
    })
    return session
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .then(() => answered)
  }
  await ask(1, 'HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await ask(2, 'Runtime.getHeapUsage')
  await session.detach()
  if (usedSize === undefined || backingStorageSize === undefined) throw new Error('the worker tells no heap')
  return (usedSize + backingStorageSize) / 1e6
}
