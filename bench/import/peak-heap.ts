import type { Page } from '@playwright/test'
import { openWorkerSession } from '../local/worker-session.ts'

const EVERY_MS = 1_000

/** The most that the page's worker holds while `work` runs, in MB, looked at once a second. */
export async function withPeakHeap(page: Page, work: () => Promise<void>): Promise<number> {
  const worker = await openWorkerSession(page)
  const ended = new AbortController()
  let peak = 0
  const watching = (async () => {
    while (!ended.signal.aborted) {
      peak = Math.max(peak, await worker.heapMb())
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
  })()
  try {
    await work()
  } finally {
    ended.abort()
    await watching
    await worker.detach()
  }
  return peak
}
