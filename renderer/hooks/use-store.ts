import { useSyncExternalStore } from 'react'
import type { Store } from '../lib/store.ts'

/** The value of a store, rendered again when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}
