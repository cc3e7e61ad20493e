import { expect, test } from 'vitest'
import { createSignInLimiter, type SignInLimiter } from './sign-in-limiter.ts'

const limits = { failures: 3, windowMs: 1_000 }

async function guess(limiter: SignInLimiter, key: string, outcome: 'right' | 'wrong' | 'unknown' = 'wrong') {
  const wait = await limiter.admit(key)
  if (wait === null) limiter.settle(key, outcome)
  return wait
}

test('EL-1: the limit holds per key and passes with time', async () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  for (let i = 0; i < 3; i++) expect(await guess(limiter, 'a')).toBeNull()
  expect(await guess(limiter, 'a')).toBe(1)
  expect(await guess(limiter, 'b')).toBeNull()
  time = 1_001
  expect(await guess(limiter, 'a')).toBeNull()
})

test('EL-1: a refused attempt does not lengthen the wait', async () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  for (let i = 0; i < 3; i++) await guess(limiter, 'a')
  time = 900
  expect(await guess(limiter, 'a')).toBe(1)
  time = 1_001
  expect(await guess(limiter, 'a')).toBeNull()
})

test('EL-1: a right password starts afresh; an answer that says nothing counts for nothing', async () => {
  const limiter = createSignInLimiter(limits, () => 0)
  await guess(limiter, 'a')
  await guess(limiter, 'a')
  await guess(limiter, 'a', 'right')
  await guess(limiter, 'a', 'unknown')
  for (let i = 0; i < 3; i++) expect(await guess(limiter, 'a')).toBeNull()
  expect(await guess(limiter, 'a')).toBe(1)
})

test('EL-1: guesses sent at once do not slip through together', async () => {
  const limiter = createSignInLimiter(limits, () => 0)
  const waits = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const wait = await limiter.admit('a')
      if (wait === null) setTimeout(() => limiter.settle('a', 'wrong'), 1)
      return wait
    }),
  )
  expect(waits.filter((wait) => wait === null)).toHaveLength(3)
})

test('EL-1: many right sign-ins at once all get in', async () => {
  const limiter = createSignInLimiter(limits, () => 0)
  const waits = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const wait = await limiter.admit('a')
      if (wait === null) setTimeout(() => limiter.settle('a', 'right'), 1)
      return wait
    }),
  )
  expect(waits.filter((wait) => wait === null)).toHaveLength(50)
})

test('EL-1: forgetting idle keys does not forgive a guesser', async () => {
  let time = 0
  const limiter = createSignInLimiter(limits, () => time)
  for (let i = 0; i < 10_000; i++) await guess(limiter, `old ${i}`)
  time = 5_000
  for (let i = 0; i < 3; i++) await guess(limiter, 'a')
  expect(await guess(limiter, 'a')).toBe(1)
})
