import { expect, test } from 'vitest'
import { acquireReplicaLock } from './replica-lock.ts'

test('SY-2: only one owner has the lock at a time; the next one gets it when it is released', {
  timeout: 10_000,
}, async () => {
  const release = await acquireReplicaLock(navigator.locks)
  expect(release).not.toBeNull()
  expect(await acquireReplicaLock(navigator.locks)).toBeNull()
  const waiting = acquireReplicaLock(navigator.locks)
  release?.()
  const next = await waiting
  expect(next).not.toBeNull()
  next?.()
})
