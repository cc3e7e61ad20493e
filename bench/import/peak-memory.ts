import type { Page } from '@playwright/test'
import { openWorkerSession } from '../local/worker-session.ts'
import { pageMemory } from './page-memory.ts'

/** The most that was held while something ran, in MB; what could be collected counts. */
export interface PeakMemory {
  /** JavaScript objects of the page's worker. */
  readonly objects: number
  /** These and its typed arrays, at one time. */
  readonly worker: number
  /** The whole process of the page; null where nobody tells. */
  readonly page: number | null
}

const EVERY_MS = 1_000

/** Looks once a second while `work` runs. */
export async function withPeakMemory(page: Page, work: () => Promise<void>): Promise<PeakMemory> {
  const worker = await openWorkerSession(page)
  const ended = new AbortController()
  const peak = { objects: 0, worker: 0, page: null as number | null }
  const watching = (async () => {
    while (!ended.signal.aborted) {
      const { objects, arrays } = await worker.heapMb()
      peak.objects = Math.max(peak.objects, objects)
      peak.worker = Math.max(peak.worker, objects + arrays)
      const now = pageMemory()
      if (now !== null) peak.page = Math.max(peak.page ?? 0, now)
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
