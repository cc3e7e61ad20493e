import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import type { ReplicaHost } from './replica-host.ts'
import { SessionService } from './session-service.ts'

/** A service whose lock is given when the test says so. */
function waiting() {
  const locks: PromiseWithResolvers<() => void>[] = []
  const acquireLock = vi.fn(() => {
    const lock = Promise.withResolvers<() => void>()
    locks.push(lock)
    return lock.promise
  })
  const reportBug = vi.fn()
  const indexedDb = { indexedDB: new IDBFactory(), IDBKeyRange }
  const host = { indexedDb, acquireLock, reportBug, notify: vi.fn(), secrets: null } as unknown as ReplicaHost
  return { service: new SessionService(host), locks, acquireLock, reportBug }
}

test('PF-1: whoever asks during the opening that nobody asked for gets its answer; nothing is opened twice', async () => {
  const { service, locks, acquireLock } = waiting()
  service.begin()
  const asked = [service.open(null), service.open(null)]
  await expect.poll(() => locks.length).toBe(1)
  locks[0]?.resolve(() => undefined)
  expect(await Promise.all(asked)).toEqual([{ kind: 'signedOut' }, { kind: 'signedOut' }])
  expect(asked[0]).toBe(asked[1])
  expect(acquireLock).toHaveBeenCalledOnce()
})

test('PF-1: where the opening that nobody asked for has failed, whoever asks next opens anew', async () => {
  const { service, locks, acquireLock, reportBug } = waiting()
  service.begin()
  await expect.poll(() => locks.length).toBe(1)
  const during = service.open(null)
  locks[0]?.reject(new Error('No lock'))
  await expect(during).rejects.toThrow('No lock')
  const after = service.open(null)
  await expect.poll(() => locks.length).toBe(2)
  locks[1]?.resolve(() => undefined)
  expect(await after).toEqual({ kind: 'signedOut' })
  expect(acquireLock).toHaveBeenCalledTimes(2)
  expect(reportBug).not.toHaveBeenCalled()
})
