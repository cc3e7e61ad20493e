import type { Page } from '@playwright/test'
import { z } from 'zod'

const eventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  /** Time on the processor. */
  tdur: z.number().optional(),
  args: z.looseObject({ name: z.unknown().optional() }).optional(),
})
type TraceEvent = z.infer<typeof eventSchema>

/** What the browser itself says about a stretch of work of a page. */
export interface Traced {
  /** Milliseconds of each task of the page's main thread, by the clock. */
  readonly tasks: readonly number[]
  /** The same on the processor: without the time in which other processes had it. */
  readonly cpu: readonly number[]
  readonly frames: { readonly drawn: number; readonly dropped: number }
}

const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
]

/** Traces what a page does while `work` runs, with the browser's own tracing (DevTools protocol). */
export async function traced(page: Page, work: () => Promise<void>): Promise<Traced> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const raw of value) {
      const event = eventSchema.safeParse(raw)
      if (event.success) events.push(event.data)
    }
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  })
  await work()
  const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()))
  await session.send('Tracing.end')
  await complete
  await session.detach()
  const count = (name: string) => events.filter((event) => event.name === name).length
  const main = mainThread(events)
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === main.pid && tid === main.tid,
  )
  if (tasks.length === 0) throw new Error('the trace names no tasks of the main thread: nothing was measured')
  return {
    tasks: tasks.map(({ dur = 0 }) => dur / 1_000),
    cpu: tasks.map(({ tdur = 0 }) => tdur / 1_000),
    frames: { drawn: count('DrawFrame'), dropped: count('DroppedFrame') },
  }
}

/** The main thread of the page: of the renderers' main threads the one with the most tasks. */
function mainThread(events: readonly TraceEvent[]): { pid: number; tid: number } {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const busiest = threads
    .map(({ pid, tid }) => ({ pid, tid, tasks: events.filter((one) => one.pid === pid && one.tid === tid).length }))
    .toSorted((a, b) => b.tasks - a.tasks)[0]
  if (busiest === undefined) throw new Error('the trace names no main thread of a page')
  return busiest
}
