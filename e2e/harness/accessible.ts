import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.1 A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/**
 * Expects that axe finds nothing on the page as it is now. `screen` names it in the failure.
 * @param rules ids of the rules that are asked; otherwise all of WCAG 2.1 A and AA
 */
export async function expectAccessible(page: Page, screen: string, rules?: string[]): Promise<void> {
  // Legacy mode opens no page of its own: the stand-in for Electron lets none open. There are no foreign frames.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules === undefined ? axe.withTags(RULES) : axe.withRules(rules)).analyze()
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(', ')}`,
  )
  expect(found, screen).toEqual([])
}

/** What dark can break: it is the same document in other colours. */
export const COLOUR_RULES = ['color-contrast']

/** The same wide and as narrow as a phone, the colours in dark, too; nothing may be wider than the screen. */
export async function expectAccessibleEverywhere(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1360, 360]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      // Colours on their way from one scheme to the other are nobody's to read.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
      const name = `${screen}, ${colorScheme}, ${width} px`
      await expectAccessible(page, name, colorScheme === 'dark' ? COLOUR_RULES : undefined)
      expect(await cutOff(page), name).toEqual([])
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** What stands out of the screen on the right, but in bars that are made to be moved sideways: those hide their scrollbar. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const moves = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).scrollbarWidth === 'none' || moves(element.parentElement))
    return [...document.querySelectorAll('button, h1, h2, p, code, td, th')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth && !moves(element.parentElement))
      .map((element) => element.textContent?.slice(0, 60) ?? element.tagName)
  })
}
