import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const renderer = join(import.meta.dirname, '..')

/** Sides that stay where they are when the writing turns round. */
const PHYSICAL = [
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
]
const FOUR_SIDES = /(?:margin|padding|inset)\s*:\s*(\S+) (\S+) (\S+) ([^;\s]+);/

/** Whether a line of CSS names a physical side, without a comment on it that says why. */
function isPhysical(line: string): boolean {
  if (line.includes('/*')) return false
  const sides = FOUR_SIDES.exec(line)
  return PHYSICAL.some((rule) => rule.test(line)) || (sides !== null && sides[2] !== sides[4])
}

test('UI-5: no style names a physical side, so that the app can be read from right to left', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'))
  expect(files.length).toBeGreaterThan(20)
  const found = files.flatMap((file) =>
    readFileSync(join(renderer, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (isPhysical(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})

test.each(['  left: 0;', 'margin-right: auto;', 'text-align: left;', 'padding: 0 1px 0 2px;', 'a { right: 0 }'])(
  'UI-5: the rule finds “%s”',
  (line) => expect(isPhysical(line)).toBe(true),
)

test.each([
  'margin-inline-start: auto;',
  'padding: 0 1px 0 1px;',
  'text-align: start;',
  '.left {',
  'left: 0; /* a pointer */',
])('UI-5: the rule lets “%s” be', (line) => expect(isPhysical(line)).toBe(false))
