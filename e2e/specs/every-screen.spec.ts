import type { Page } from '@playwright/test'
import { english } from '../../renderer/texts/english/english.ts'
import { COLOUR_RULES, expectAccessible, expectAccessibleEverywhere, setColours } from '../harness/accessible.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { unreachable } from '../harness/reachable.ts'
import { expect, test } from '../harness/web-test.ts'
import { furnish } from '../screenshots/demo-base.ts'
import { tour } from '../screenshots/tour.ts'

/** Notes, frame by frame, what moves on the page for longer than a blink, or without end. */
async function watchMovement(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const moved = new Set<string>()
    Object.assign(window, { moved })
    const look = (): void => {
      for (const { effect } of document.getAnimations()) {
        if (!(effect instanceof KeyframeEffect)) continue
        const { duration, iterations } = effect.getComputedTiming()
        if (Number(duration) > 1 || iterations === Number.POSITIVE_INFINITY)
          moved.add(`${effect.target?.className} ${duration} ms × ${iterations}`)
      }
      requestAnimationFrame(look)
    }
    look()
  })
  return () => page.evaluate(() => [...(window as unknown as { moved: Set<string> }).moved])
}

/** Resolves once what measures itself after a change has done so, and what it moved has been drawn. */
function twoFrames(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

test('UI-5: every screen and dialog meets WCAG 2.1 AA, light and dark, and nothing moves where the system asks for that', async ({
  backend,
  openLaptop,
}) => {
  test.setTimeout(300_000)
  const base = await furnish(backend)
  const page = (await openLaptop()).page()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expectAccessibleEverywhere(page, 'sign-in')
  await signIn(page, backend.user('owner'))
  await waitUntilInStep(page)
  const moved = await watchMovement(page)
  for (const { name, open } of tour(base, 'Nord')) {
    await test.step(name, async () => {
      await open(page, english)
      await expectAccessible(page, name)
      await setColours(page, 'dark')
      await expectAccessible(page, `${name}, dark`, COLOUR_RULES)
      await setColours(page, 'light')
    })
  }
  expect(await moved()).toEqual([])
})

test('UI-5: at 200 % zoom and 320 px wide, and with wide-set text, no screen scrolls sideways, all acts are in reach, and axe finds nothing', async ({
  backend,
  signedIn,
}) => {
  test.setTimeout(300_000)
  const base = await furnish(backend)
  const { page } = await signedIn('owner')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const device = await page.context().newCDPSession(page)
  const resize = async (metrics: { width: number; height: number; deviceScaleFactor: number }): Promise<void> => {
    await device.send('Emulation.setDeviceMetricsOverride', { ...metrics, mobile: false })
    await twoFrames(page)
  }
  // The distances of WCAG 1.4.12; a style sheet of the page's own, as its policy wants.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`.wide-set * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } .wide-set p { margin-bottom: 2em !important; }`)
    document.adoptedStyleSheets.push(sheet)
  })
  const wrong: Record<string, string[]> = {}
  const look = async (name: string): Promise<void> => {
    const found = await unreachable(page)
    if (found.length > 0) wrong[name] = found
  }
  for (const { name, open } of tour(base, 'Zoom')) {
    await test.step(name, async () => {
      // What 200 % makes of a window of 1360 by 800.
      await resize({ width: 680, height: 400, deviceScaleFactor: 2 })
      await open(page, english)
      await look(`${name}, 200 %`)
      await page.evaluate(() => {
        document.documentElement.classList.add('wide-set')
        // What floats finds its place again, as when it is opened in such text.
        window.dispatchEvent(new Event('resize'))
      })
      await twoFrames(page)
      await look(`${name}, wide-set`)
      await page.evaluate(() => document.documentElement.classList.remove('wide-set'))
      await resize({ width: 320, height: 640, deviceScaleFactor: 1 })
      await look(`${name}, 320 px`)
      await expectAccessible(page, `${name}, 320 px`)
      await setColours(page, 'dark')
      await expectAccessible(page, `${name}, 320 px, dark`, COLOUR_RULES)
      await setColours(page, 'light')
    })
  }
  expect(wrong).toEqual({})
})
