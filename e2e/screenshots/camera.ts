import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/** One picture of a screen: its window in CSS pixels, and the colours. */
export interface View {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  /** A finger, where a mouse would be. */
  readonly hasTouch?: true
}

/** A picture that was taken. */
export interface Picture extends View {
  readonly name: string
  readonly file: string
}

/** Takes pictures into a folder, and remembers what could not be reached. */
export interface Camera {
  /** Comes to a screen by `open`, then takes its pictures. A failure is noted, with a picture of where it ended. */
  readonly visit: (page: Page, name: string, open: () => Promise<void>, views?: readonly View[]) => Promise<void>
  /** Notes what could not be reached, and why. */
  readonly fail: (name: string, error: unknown) => void
  readonly pictures: readonly Picture[]
  readonly failures: readonly { readonly name: string; readonly reason: string }[]
}

/** What is taken of a screen, given what its scene shows of it; nothing: the screen is only passed. */
type Plan = (name: string, views: readonly View[]) => readonly (View & { readonly file: string })[]

export const WIDE = { width: 1360, height: 800 } as const
const NARROW = { width: 360, height: 800 } as const
const EVERY_VIEW: readonly View[] = [
  { ...WIDE, scheme: 'light' },
  { ...WIDE, scheme: 'dark' },
  { ...NARROW, scheme: 'dark' },
  { ...NARROW, scheme: 'light' },
]
/** For languages. */
export const DARK_VIEWS = EVERY_VIEW.filter(({ scheme }) => scheme === 'dark')

/** Every screen from every view, or those whose names contain a text. */
export function everything(only: string): Plan {
  return (name, views) =>
    name.includes(only)
      ? views.map((view) => ({
          ...view,
          file: `${name.replaceAll(/[^\p{L}\d]+/gu, '-')}.${view.width}.${view.scheme}.png`,
        }))
      : []
}

/** A handful that stands in the README and the guide; small enough to be read there. */
const OF_THE_GUIDE: Readonly<Record<string, View & { readonly file: string }>> = {
  customer: { file: 'customers.png', width: 1400, height: 600, scheme: 'light' },
  merge: { file: 'merge.png', width: 1180, height: 700, scheme: 'dark' },
  'import, every row': { file: 'import.png', width: 1280, height: 760, scheme: 'light' },
  overview: { file: 'overview.png', width: 1180, height: 860, scheme: 'light' },
  list: { file: 'phone.png', width: 360, height: 700, scheme: 'light', hasTouch: true },
  'settings, devices': { file: 'devices.png', width: 1180, height: 560, scheme: 'light' },
  'first run': { file: 'first-run.png', width: 900, height: 620, scheme: 'light' },
}

export const forTheGuide: Plan = (name) => {
  const picture = OF_THE_GUIDE[name]
  return picture === undefined ? [] : [picture]
}

export function createCamera(folder: string, plan: Plan): Camera {
  mkdirSync(folder, { recursive: true })
  const pictures: Picture[] = []
  const failures: { name: string; reason: string }[] = []

  async function take(page: Page, name: string, views: readonly View[]): Promise<void> {
    for (const { width, height, scheme, hasTouch = false, file } of plan(name, views)) {
      const devtools = hasTouch ? await page.context().newCDPSession(page) : null
      await devtools?.send('Emulation.setTouchEmulationEnabled', { enabled: true })
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      // Two frames: a chart and a virtual list follow the window one frame later.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      writeFileSync(join(folder, file), await page.screenshot({ caret: 'hide' }))
      pictures.push({ name, file, width, height, scheme })
      await devtools?.detach()
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize(WIDE)
  }

  function fail(name: string, error: unknown): void {
    failures.push({ name, reason: error instanceof Error ? error.message : String(error) })
  }

  return {
    fail,
    visit: async (page, name, open, views = EVERY_VIEW) => {
      try {
        await open()
        await take(page, name, views)
      } catch (error) {
        fail(name, error)
        const file = `not-reached-${failures.length}.png`
        writeFileSync(join(folder, file), await page.screenshot())
        pictures.push({ name: `NOT REACHED: ${name}`, file, ...WIDE, scheme: 'light' })
      }
    },
    pictures,
    failures,
  }
}
