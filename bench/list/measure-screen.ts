import type { Page } from '@playwright/test'
import { listRows, search } from '../../e2e/harness/screens.ts'
import { startBenchBackend } from '../first-sync/bench-backend.ts'
import { browserProfile } from '../local/browser-run.ts'
import { type Measurement, percentile, rounded } from '../measurement.ts'
import { type Traced, traced } from './browser-trace.ts'
import { fillApp } from './full-app.ts'
import { clickThrough, interactionsOf } from './interactions.ts'

/** Twenty letters and more, as somebody who types fast: twelve keys a second. */
const TEXTS = ['mueller kitchen berli', 'anna schmidt melbourne', 'wilson 0412 example.c', 'kowalski newsletter gm']
const KEY_MS = 80
/** The scroll bar dragged from one end to the other in ten seconds, at 60 frames a second. */
const DRAG_FRAMES = 600
/** A wheel or touchpad pushed hard: 20,000 pixels a second, over rows that can still be seen. */
const WHEEL = { frames: 300, pixels: 333 }
const LONG_TASK_MS = 50
const ANSWER_MS = 100
const DROPPED_PERCENT = 5

/**
 * UI-1: the list in a real Chromium with a full replica, in the browser's own words: the main thread's
 * tasks while somebody types, the time from each key until rows of that text (or of more) show, the
 * time from each key and click until the next paint, and the frames that were dropped while the list
 * was scrolled: dragged from end to end, and by wheel.
 * Beside it what the same machine drops in the same run over stripes of that height, scrolled alike:
 * a machine that is busy drops frames over nothing, and those are not the list's.
 */
export async function measureScreen(customers: number, say: (text: string) => void): Promise<Measurement[]> {
  const bench = await startBenchBackend(customers, say)
  const profile = browserProfile()
  try {
    return await profile.visit(bench.backend.url, async (page) => {
      await fillApp(page, bench)
      say(`UI-1: ${bench.rows} customers are here and searchable`)
      const tasks: number[] = []
      const cpu: number[] = []
      const answers: number[] = []
      const keys: number[] = []
      for (const text of TEXTS) {
        const { trace, delays, paints } = await typeFast(page, text)
        tasks.push(...trace.tasks)
        cpu.push(...trace.cpu)
        answers.push(...delays)
        keys.push(...paints)
      }
      await search(page, '')
      const interactions = [{ what: 'typing', durations: keys }, ...(await clickThrough(page))]
      await page.reload()
      await listRows(page).first().waitFor()
      const drag = await scroll(page, { frames: DRAG_FRAMES, pixels: null })
      const wheel = await scroll(page, WHEEL)
      await showStripes(page)
      const dragOverStripes = await scroll(page, { frames: DRAG_FRAMES, pixels: null })
      const wheelOverStripes = await scroll(page, WHEEL)
      const scrolling = [...drag.tasks, ...wheel.tasks]
      const scrollingCpu = [...drag.cpu, ...wheel.cpu]
      const cpuPerFrame = wheel.cpu.reduce((sum, ms) => sum + ms, 0) / WHEEL.frames
      say(`UI-1: ${rounded(cpuPerFrame)} ms of the main thread's processor time a frame by wheel`)
      return [
        line('main-thread tasks while typing', bench.rows, 'ms', tasks, Math.max(...tasks), LONG_TASK_MS),
        line('the same, processor time', bench.rows, 'ms', cpu, Math.max(...cpu), LONG_TASK_MS),
        line('main-thread tasks while scrolling', bench.rows, 'ms', scrolling, Math.max(...scrolling), LONG_TASK_MS),
        line('the same, processor time', bench.rows, 'ms', scrollingCpu, Math.max(...scrollingCpu), LONG_TASK_MS),
        line('from a key to its rows', bench.rows, 'ms', answers, Math.max(...answers), ANSWER_MS),
        ...interactions.map(({ what, durations }) =>
          line(`interaction to next paint, ${what}`, bench.rows, 'ms', durations, Math.max(...durations), ANSWER_MS),
        ),
        dropped('frames dropped, dragged end to end', bench.rows, drag, dragOverStripes),
        dropped('frames dropped, wheel', bench.rows, wheel, wheelOverStripes),
      ]
    })
  } finally {
    profile.remove()
    await bench.close()
  }
}

/** Types a text key by key; the time from each until an answer for it or for a later one shows. */
async function typeFast(
  page: Page,
  text: string,
): Promise<{ trace: Traced; delays: readonly number[]; paints: readonly number[] }> {
  await search(page, '')
  await page.getByRole('textbox', { name: 'Search customers' }).focus()
  // A pause like a person's: what clearing the search set going has come to rest.
  await page.waitForTimeout(500)
  await page.evaluate(watchAnswers)
  let paints: readonly number[] = []
  const trace = await traced(page, async () => {
    paints = await interactionsOf(page, async () => {
      await page.keyboard.type(text, { delay: KEY_MS })
      return text.length
    })
  })
  return { trace, paints, delays: await page.evaluate(() => (globalThis as unknown as Watched).answerDelays()) }
}

interface Watched {
  answerDelays: () => number[]
}

/** Runs in the page: notes when each key came, and when an answer showed. */
function watchAnswers(): void {
  const keys: number[] = []
  const answers: { at: number; version: number }[] = []
  const versionNow = () => Number(document.querySelector<HTMLElement>('[data-query]')?.dataset.query)
  const start = versionNow()
  addEventListener('input', () => keys.push(performance.now()), { capture: true })
  new MutationObserver(() => {
    const version = versionNow()
    if (version > (answers.at(-1)?.version ?? start)) answers.push({ at: performance.now(), version })
  }).observe(document.body, { subtree: true, attributeFilter: ['data-query'] })
  Object.assign(globalThis, {
    answerDelays: () =>
      keys.map(
        (at, n) => (answers.find(({ version }) => version >= start + n + 1)?.at ?? Number.POSITIVE_INFINITY) - at,
      ),
  })
}

/** Puts stripes of the list's height in its place, for the last measurement of a page. */
async function showStripes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const height = document.getElementById('customer-list')?.scrollHeight ?? 0
    document.body.innerHTML = '<div id="customer-list" style="height: 700px; overflow: auto"><div></div></div>'
    // Stripes: where nothing changes on the screen the browser draws no frame.
    document
      .querySelector<HTMLElement>('#customer-list > div')
      ?.setAttribute('style', `height: ${height}px; background: repeating-linear-gradient(#fff 0 20px, #eee 20px 38px)`)
  })
}

/** Scrolls from the top in even steps, one a frame; `pixels` null: to the end. */
async function scroll(page: Page, steps: { readonly frames: number; readonly pixels: number | null }): Promise<Traced> {
  await page.evaluate(() => document.getElementById('customer-list')?.scrollTo({ top: 0, behavior: 'instant' }))
  await page.waitForTimeout(1_000)
  return traced(page, () =>
    page.evaluate(async ({ frames, pixels }) => {
      const grid = document.getElementById('customer-list')
      if (grid === null) throw new Error('there is no list to scroll')
      const step = pixels ?? (grid.scrollHeight - grid.clientHeight) / frames
      for (let frame = 1; frame <= frames; frame += 1) {
        grid.scrollTop = frame * step
        await new Promise((next) => requestAnimationFrame(next))
      }
    }, steps),
  )
}

function droppedShare({ frames: { drawn, dropped } }: Traced): number {
  return (100 * dropped) / Math.max(1, drawn + dropped)
}

/** The limit counts from what the stripes drop: the list may drop no more than so much beyond it. */
function dropped(what: string, rows: number, list: Traced, stripes: Traced): Measurement {
  const share = droppedShare(list)
  const control = rounded(droppedShare(stripes))
  const target = rounded(control + DROPPED_PERCENT)
  return line(what, rows, '%', [share], share, target, { name: 'stripes scrolled alike', value: control })
}

function line(
  what: string,
  rows: number,
  unit: 'ms' | '%',
  samples: readonly number[],
  worst: number,
  target: number,
  baseline = { name: 'the limit', value: target },
): Measurement {
  return {
    id: 'UI-1',
    what,
    rows,
    unit,
    p50: rounded(percentile(samples, 0.5)),
    p95: rounded(percentile(samples, 0.95)),
    max: rounded(worst),
    target,
    // None may be over it, not most of them.
    pass: worst <= target,
    baseline,
    ratio: rounded(baseline.value / Math.max(worst, 0.001)),
  }
}
