import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createPersistedStore, createStore, type TextStorage } from './store.ts'

function memoryStorage(initial: Record<string, string> = {}): TextStorage & { readonly held: Map<string, string> } {
  const held = new Map(Object.entries(initial))
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) }
}

const schema = z.object({ search: z.string() })
const fallback = { search: '' }

test('UI-1: listeners hear of changes, not of setting the same again', () => {
  const store = createStore(1)
  const listener = vi.fn()
  const off = store.subscribe(listener)
  store.set(1)
  store.set(2)
  off()
  store.set(3)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('UI-1: what was set up survives a restart', () => {
  const storage = memoryStorage()
  createPersistedStore('list', schema, fallback, storage).set({ search: 'mue' })
  expect(createPersistedStore('list', schema, fallback, storage).get()).toEqual({ search: 'mue' })
})

test.each(['not json', '{"search": 5}', 'null', '[]'])('UI-1: a stored %s falls back', (text) => {
  expect(createPersistedStore('list', schema, fallback, memoryStorage({ list: text })).get()).toEqual(fallback)
})

test('UI-1: a storage that refuses costs comfort only', () => {
  const refusing: TextStorage = {
    getItem: () => {
      throw new Error('denied')
    },
    setItem: () => {
      throw new Error('quota')
    },
  }
  const store = createPersistedStore('list', schema, fallback, refusing)
  store.set({ search: 'mue' })
  expect(store.get()).toEqual({ search: 'mue' })
})
