import { expect, test } from 'vitest'
import { watchSleep } from './sleep-watch.ts'

test('SY-6: a clock that jumped while nothing ran means that the machine slept; ordinary ticks and a clock set back do not', () => {
  let time = 0
  let timer: (() => void) | null = null
  let wakes = 0
  const end = watchSleep(
    {
      now: () => time,
      after: (_ms, run) => {
        timer = run
        return () => {
          timer = null
        }
      },
    },
    () => {
      wakes += 1
    },
  )
  const pass = (ms: number) => {
    time += ms
    timer?.()
  }
  pass(5_000)
  pass(9_000)
  pass(-3_600_000)
  expect(wakes).toBe(0)
  pass(3_600_000)
  expect(wakes).toBe(1)
  pass(5_000)
  expect(wakes).toBe(1)
  end()
  pass(3_600_000)
  expect(wakes).toBe(1)
})
