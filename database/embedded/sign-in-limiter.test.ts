import { expect, test } from 'vitest'
import { createSignInLimiter } from './sign-in-limiter.ts'

const limits = { failures: 3, windowMs: 1_000 }

test('EL-1: the limit holds per key and passes with time', () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  expect([limiter.attempt('a'), limiter.attempt('a'), limiter.attempt('a')]).toEqual([null, null, null])
  expect(limiter.attempt('a')).toBe(1)
  expect(limiter.attempt('b')).toBeNull()
  time = 1_001
  expect(limiter.attempt('a')).toBeNull()
})

test('EL-1: a refused attempt does not lengthen the wait', () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  for (let i = 0; i < 3; i++) limiter.attempt('a')
  time = 900
  expect(limiter.attempt('a')).toBe(1)
  time = 1_001
  expect(limiter.attempt('a')).toBeNull()
})

test('EL-1: a right password starts afresh', () => {
  const limiter = createSignInLimiter(limits, () => 0)
  for (let i = 0; i < 2; i++) limiter.attempt('a')
  limiter.succeeded('a')
  expect([limiter.attempt('a'), limiter.attempt('a'), limiter.attempt('a')]).toEqual([null, null, null])
})

test('EL-1: many keys do not grow the memory for ever', () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  for (let i = 0; i < 10_000; i++) limiter.attempt(`old ${i}`)
  time = 5_000
  for (let i = 0; i < 3; i++) limiter.attempt('a')
  // Forgetting the old ones doesn't forget this one.
  expect(limiter.attempt('a')).toBe(1)
})
