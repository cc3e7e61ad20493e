import { expect, type Page } from '@playwright/test'
import axeCore, { type RunOnly } from 'axe-core'

const WCAG: RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }

/** What dark can break: it is the same document in other colours. */
export const COLOUR_RULES: RunOnly = { type: 'rule', values: ['color-contrast'] }

/**
 * Expects that axe finds nothing on the page as it is now. `screen` names it in the failure.
 * @param runOnly rules that are asked; otherwise all of WCAG 2.1 A and AA
 */
export async function expectAccessible(page: Page, screen: string, runOnly = WCAG): Promise<void> {
  // Once for each document: reading half a megabyte takes longer than asking.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source)
  const found = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as { readonly axe: typeof axeCore }
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
  }, runOnly)
  expect(found, screen).toEqual([])
}

/** Light or dark, nothing moving: done when the page wears it, which is some frames later. */
export async function setColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  // Colours on their way from one scheme to the other are nobody's to read.
  // Those that follow a scroll never finish by themselves.
  await page.evaluate(() => {
    const timed = document.getAnimations().filter(({ timeline }) => timeline === document.timeline)
    return Promise.allSettled(timed.map(({ finished }) => finished))
  })
}

/** The same wide and as narrow as a phone, the colours in dark, too; nothing may be wider than the screen. */
export async function expectAccessibleEverywhere(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1360, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await setColours(page, colorScheme)
      const name = `${screen}, ${colorScheme}, ${width} px`
      await expectAccessible(page, name, colorScheme === 'dark' ? COLOUR_RULES : undefined)
      expect(await cutOff(page), name).toEqual([])
    }
  }
  await setColours(page, 'light')
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
