import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { fail, ok } from '#shared/util/result.ts'
import type { SecretStore } from '../session/secret-store.ts'
import { openAppLock } from './app-lock.ts'
import { watchIdle } from './watch-idle.ts'

function setUp(kept = new Map<string, string>()) {
  const clock = { now: 0 }
  const changed = vi.fn()
  const secrets: SecretStore = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => {
      kept.set(key, value)
      return ok(null)
    },
    remove: (key) => void kept.delete(key),
    isEmpty: () => kept.size === 0,
  }
  const log = { info: vi.fn(), warn: vi.fn() }
  const lock = openAppLock({ secrets, now: () => clock.now, changed, log })
  return { lock, clock, changed, kept, secrets, log }
}

test('EL-1: without a PIN nothing ever locks', () => {
  const { lock, changed } = setUp()
  lock.lock()
  lock.idle(1e9)
  expect(lock.state()).toEqual({ afterMinutes: null, isLocked: false })
  expect(changed).not.toHaveBeenCalled()
})

test('EL-1: the app locks after the chosen time without input, and its PIN opens it', () => {
  const { lock, changed } = setUp()
  expect(lock.set(5, '4711')).toEqual({ ok: true, value: null })
  lock.idle(299)
  expect(lock.state().isLocked).toBe(false)
  lock.idle(300)
  expect(lock.state()).toEqual({ afterMinutes: 5, isLocked: true })
  expect(changed).toHaveBeenCalledTimes(2)
  expect(lock.unlock('0000')).toMatchObject({ ok: false, error: { code: 'wrong_pin' } })
  expect(lock.state().isLocked).toBe(true)
  expect(lock.unlock('4711')).toEqual({ ok: true, value: null })
  expect(lock.state().isLocked).toBe(false)
})

test('EL-1: a restart does not get around the lock, and the PIN is not on the disk', () => {
  const { lock, kept } = setUp()
  lock.set(15, 'my secret pin')
  expect([...kept.values()].join()).not.toContain('my secret pin')
  const again = setUp(kept).lock
  expect(again.state()).toEqual({ afterMinutes: 15, isLocked: true })
  expect(again.unlock('my secret pin').ok).toBe(true)
})

test('EL-1: guessing has to wait after five tries, also with the right PIN', () => {
  const { lock, clock } = setUp()
  lock.set(5, '4711')
  lock.lock()
  for (let n = 0; n < 5; n += 1) expect(lock.unlock('0000')).toMatchObject({ error: { code: 'wrong_pin' } })
  expect(lock.unlock('4711')).toMatchObject({ error: { code: 'try_later' } })
  clock.now = 30_000
  expect(lock.unlock('0000')).toMatchObject({ error: { code: 'wrong_pin' } })
  expect(lock.unlock('4711')).toMatchObject({ error: { code: 'try_later' } })
  clock.now = 60_000
  expect(lock.unlock('4711').ok).toBe(true)
})

test('EL-1: a restart neither ends the wait nor makes it longer, and gives no more tries', () => {
  const { lock, clock, kept } = setUp()
  clock.now = 1e6
  lock.set(5, '4711')
  lock.lock()
  for (let n = 0; n < 5; n += 1) lock.unlock('0000')
  const again = setUp(kept)
  expect(again.lock.unlock('4711')).toMatchObject({ error: { code: 'try_later' } })
  again.clock.now = 30_000
  expect(again.lock.unlock('0000')).toMatchObject({ error: { code: 'wrong_pin' } })
  expect(again.lock.unlock('4711')).toMatchObject({ error: { code: 'try_later' } })
  again.clock.now = 60_000
  expect(again.lock.unlock('4711').ok).toBe(true)
  expect(setUp(kept).lock.unlock('0000')).toMatchObject({ error: { code: 'wrong_pin' } })
})

test('EL-1: the lock comes off with its PIN only, is not replaced without it, and goes when its user signs out', () => {
  const { lock, kept } = setUp()
  lock.set(5, '4711')
  expect(lock.remove('0000')).toMatchObject({ error: { code: 'wrong_pin' } })
  expect(lock.set(60, '0000')).toMatchObject({ error: { code: 'wrong_pin' } })
  expect(lock.state().afterMinutes).toBe(5)
  expect(lock.remove('4711').ok).toBe(true)
  expect(kept.size).toBe(0)
  lock.set(5, '4711')
  lock.lock()
  lock.forget()
  expect([lock.state(), kept.size]).toEqual([{ afterMinutes: null, isLocked: false }, 0])
})

test('EL-1: where the platform keeps no secrets there is no lock that only looks like one', () => {
  const { secrets, log } = setUp()
  const refusing = { ...secrets, set: () => fail('no_secret_store', 'No.') }
  const lock = openAppLock({ secrets: refusing, now: () => 0, changed: () => {}, log })
  expect(lock.set(5, '4711')).toMatchObject({ error: { code: 'no_secret_store' } })
  expect(lock.state().afterMinutes).toBeNull()
})

test('EL-2: screen lock, sleep and idle time lock the app', () => {
  vi.useFakeTimers()
  try {
    const { lock } = setUp()
    lock.set(5, '4711')
    let idle = 0
    const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => idle })
    watchIdle(monitor as unknown as Parameters<typeof watchIdle>[0], lock)
    for (const happens of [() => monitor.emit('lock-screen'), () => monitor.emit('suspend'), () => (idle = 301)]) {
      expect(lock.state().isLocked).toBe(false)
      happens()
      vi.advanceTimersByTime(15_000)
      expect(lock.state().isLocked).toBe(true)
      lock.unlock('4711')
    }
  } finally {
    vi.useRealTimers()
  }
})
