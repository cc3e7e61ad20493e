import { expect, test, vi } from 'vitest'
import { reloadOnce } from './reload-once.ts'
import type { AppSession } from './replica-model.ts'
import { createStore, type TextStorage } from './store.ts'

function setUp(storage: TextStorage) {
  const clock = { now: 1_700_000_000_000 }
  const reload = vi.fn()
  /** A page as it is after loading: its session begins anew, the storage of the window stays. */
  const load = () => {
    const session = createStore<AppSession>({ kind: 'starting' })
    reloadOnce(session, storage, () => clock.now, reload)
    return () => session.set({ kind: 'crashed' })
  }
  return { clock, reload, load }
}
const memory = (): TextStorage => {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

test('EL-2: a page whose worker died is loaded again once, and says so the second time in a minute', () => {
  const { clock, reload, load } = setUp(memory())
  load()()
  expect(reload).toHaveBeenCalledTimes(1)
  clock.now += 59_000
  load()()
  expect(reload).toHaveBeenCalledTimes(1)
  clock.now += 3_600_000
  load()()
  expect(reload).toHaveBeenCalledTimes(2)
})

test('EL-2: where the window keeps nothing it is not loaded again and again', () => {
  const refuse = () => {
    throw new Error('denied')
  }
  const { reload, load } = setUp({ getItem: () => null, setItem: refuse })
  load()()
  expect(reload).not.toHaveBeenCalled()
})
