import type { z } from 'zod'

/** A value that can be watched: what React reads through `useStore`. */
export interface Watched<T> {
  readonly get: () => T
  /** Calls back after every change. Returns what takes the listener off again. */
  readonly subscribe: (listener: () => void) => () => void
}

/** One that whoever holds it may set. */
export interface Store<T> extends Watched<T> {
  readonly set: (value: T) => void
}

/** Makes a store. Setting an identical value (`Object.is`) tells nobody. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The two methods of `Storage` that a persisted store needs. */
export interface TextStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/**
 * A store that survives a reload. What is stored is parsed with `schema`; anything else, an old
 * shape included, falls back to `fallback`. A storage that refuses (private mode, quota) is
 * ignored: comfort is lost, nothing else.
 */
export function createPersistedStore<T>(
  key: string,
  schema: z.ZodType<T>,
  fallback: T,
  storage: TextStorage,
): Store<T> {
  const store = createStore(read(key, schema, storage) ?? fallback)
  store.subscribe(() => {
    try {
      storage.setItem(key, JSON.stringify(store.get()))
    } catch {
      // Storage refused: the value lives as long as the window does.
    }
  })
  return store
}

function read<T>(key: string, schema: z.ZodType<T>, storage: TextStorage): T | null {
  try {
    const text = storage.getItem(key)
    if (text === null) return null
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
