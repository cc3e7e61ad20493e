import { expect, test } from 'vitest'
import { AdaptiveSize } from './adaptive-size.ts'
import { ServerClock } from './server-clock.ts'
import { backoffDelay } from './timing.ts'

test('SY-4: edit times follow the server, never go back, and never go below the latest server time seen', () => {
  let local = Date.parse('2026-03-01T12:00:00Z')
  const clock = new ServerClock(() => local, undefined)
  const stored = clock.observe('2026-03-01T08:00:00.000Z')
  expect(clock.now()).toBe('2026-03-01T08:00:00.000Z')
  local -= 3_600_000
  expect(clock.now()).toBe('2026-03-01T08:00:00.000Z')
  const restarted = new ServerClock(() => local - 86_400_000, stored)
  expect(restarted.now()).toBe('2026-03-01T08:00:00.000Z')
})

test('SY-6: pauses after failures double up to 30 s, the upper half at random', () => {
  expect([1, 2, 3, 10, 1_000].map((failures) => backoffDelay(failures, 0))).toEqual([500, 1_000, 2_000, 15_000, 15_000])
  expect(backoffDelay(10, 0.999)).toBeLessThanOrEqual(30_000)
})

test('SY-3: requests shrink after time-outs down to a floor, and grow back after some that got through', () => {
  const size = new AdaptiveSize(1_000, 50, 3)
  for (let n = 0; n < 9; n += 1) size.shrink()
  expect(size.value).toBe(50)
  const values = Array.from({ length: 6 }, () => {
    size.grow()
    return size.value
  })
  expect(values).toEqual([50, 50, 100, 100, 100, 200])
  for (let n = 0; n < 20; n += 1) size.grow()
  expect(size.value).toBe(1_000)
})
