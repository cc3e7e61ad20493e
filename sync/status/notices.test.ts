import { expect, test } from 'vitest'
import { createChangeNotices } from './change-notices.ts'
import { throttle } from './throttle.ts'

/** Timers that run when the test says so. */
function fakeTiming() {
  let time = 1_000
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => time,
    after: (ms: number, run: () => void) => {
      const timer = { at: time + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass: (ms: number) => {
      time += ms
      const due = timers.filter((timer) => timer.at <= time)
      timers = timers.filter((timer) => timer.at > time)
      for (const timer of due) timer.run()
    },
    setBack: (ms: number) => {
      time -= ms
    },
  }
}

test('SY-7: a hundred calls within a second make at most eleven notices, and the last one is never missed', () => {
  const timing = fakeTiming()
  let value = 0
  const told: number[] = []
  const tell = throttle(timing, () => told.push(value))
  for (let call = 1; call <= 100; call += 1) {
    value = call
    tell()
    timing.pass(10)
  }
  timing.pass(100)
  expect(told.length).toBeLessThanOrEqual(11)
  expect(told[0]).toBe(1)
  expect(told.at(-1)).toBe(100)
})

test('SY-7: a clock that is set back holds no notice up', () => {
  const timing = fakeTiming()
  let told = 0
  const tell = throttle(timing, () => {
    told += 1
  })
  tell()
  timing.setBack(3_600_000)
  tell()
  expect(told).toBe(2)
})

test('UI-1: changed customers are told together, and as "many" from 200 on', () => {
  const timing = fakeTiming()
  const told: (string[] | null)[] = []
  const tell = createChangeNotices(
    timing,
    (ids) => told.push(ids),
    () => 1_000,
  )
  tell(['a'])
  tell(['b'])
  tell(['b', 'c'])
  timing.pass(100)
  tell(Array.from({ length: 300 }, (_, n) => String(n)))
  timing.pass(100)
  expect(told).toEqual([['a'], ['b', 'c'], null])
})

test('PF-5: "many" is told twice a second at most, and what comes behind it is never missed', () => {
  const timing = fakeTiming()
  const told: (string[] | null)[] = []
  const tell = createChangeNotices(
    timing,
    (ids) => told.push(ids),
    () => 1_000,
  )
  const page = Array.from({ length: 500 }, (_, n) => String(n))
  for (let n = 0; n < 20; n += 1) {
    tell(page)
    timing.pass(50)
  }
  expect(told.length).toBeLessThanOrEqual(3)
  timing.pass(500)
  tell(['a'])
  timing.pass(500)
  expect(told.at(-1)).toEqual(['a'])
})

test('PF-7: in a base of a million "many" is told every five seconds', () => {
  const timing = fakeTiming()
  const told: (string[] | null)[] = []
  const tell = createChangeNotices(
    timing,
    (ids) => told.push(ids),
    () => 1_000_000,
  )
  for (let n = 0; n < 200; n += 1) {
    tell(Array.from({ length: 500 }, (_, place) => `${n} ${place}`))
    timing.pass(50)
  }
  expect(told.length).toBeGreaterThanOrEqual(2)
  expect(told.length).toBeLessThanOrEqual(3)
})
