import { expect, test } from 'vitest'
import { keepStorage, type StoragePersistence } from './storage-persistence.ts'
import { createStore } from './store.ts'

async function ask(storage: Parameters<typeof keepStorage>[0]): Promise<StoragePersistence> {
  const state = createStore<StoragePersistence>('unknown')
  await keepStorage(storage, state)
  return state.get()
}

test('SY-2: the browser is asked to keep the replica, and its answer is noted', async () => {
  let asked = 0
  const storage = (persisted: boolean, granted: boolean) => ({
    persisted: async () => persisted,
    persist: async () => {
      asked += 1
      return granted
    },
  })
  expect(await ask(storage(false, true))).toBe('kept')
  expect(await ask(storage(false, false))).toBe('mayBeRemoved')
  expect(asked).toBe(2)
  expect(await ask(storage(true, false))).toBe('kept')
  expect(asked).toBe(2)
})

test('SY-2: a browser that can not be asked counts as one that refused', async () => {
  const broken = { persisted: () => Promise.reject(new Error('no')), persist: () => Promise.reject(new Error('no')) }
  expect(await ask(broken)).toBe('mayBeRemoved')
  expect(await ask(undefined)).toBe('mayBeRemoved')
})
