import { useSyncExternalStore } from 'react'
import type { Watched } from '../lib/store.ts'

/**
 * The value of a store, or what `pick` takes of it: rendered again when that changes, by `Object.is`. Who
 * shows a part of the list's state picks it, so that a key in the search renders the search box and no more.
 */
export function useStore<T>(store: Watched<T>): T
export function useStore<T, P>(store: Watched<T>, pick: (value: T) => P): P
export function useStore<T, P>(store: Watched<T>, pick?: (value: T) => P): T | P {
  return useSyncExternalStore(store.subscribe, () => (pick === undefined ? store.get() : pick(store.get())))
}
