import type { Page } from '@playwright/test'
import { openWorkerSession } from './worker-session.ts'

/** What the page's worker holds after a collection, in MB: its JavaScript objects and its typed arrays. */
export async function workerHeapMb(page: Page): Promise<number> {
  const worker = await openWorkerSession(page)
  await worker.ask('HeapProfiler.collectGarbage')
  const { objects, arrays } = await worker.heapMb()
  await worker.detach()
  return objects + arrays
}
