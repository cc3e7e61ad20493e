import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

/** Colours that text is written in, on the surfaces it is written on: a row can be plain, hovered or selected. */
const TEXT = ['text', 'dim', 'faint']
const SURFACES = ['bg', 'panel', 'soft', 'accent-soft']

function colour(scheme: string, name: string): string {
  const block = css.slice(css.indexOf(`scheme="${scheme}"`))
  const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1]
  if (value === undefined) throw new Error(`--${name} is not in the ${scheme} scheme of theme.css`)
  return value
}

/** Relative luminance, 0 to 1. Source: WCAG 2.1, "relative luminance". */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

for (const scheme of ['light', 'dark']) {
  test(`UI-5: text is readable on every surface, ${scheme}`, () => {
    for (const surface of SURFACES)
      for (const text of TEXT)
        expect(
          contrast(colour(scheme, text), colour(scheme, surface)),
          `--${text} on --${surface}`,
        ).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour(scheme, 'text'), colour(scheme, 'hit')), '--text on --hit').toBeGreaterThanOrEqual(4.5)
  })
}
