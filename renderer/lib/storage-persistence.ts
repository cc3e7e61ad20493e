import { createStore, type Store } from './store.ts'

/**
 * Whether the browser promised to keep the replica: it may otherwise remove it when the disk runs
 * full, with edits in it that have not been sent.
 */
export type StoragePersistence = 'unknown' | 'kept' | 'mayBeRemoved'

/** The part of `navigator.storage` that is asked. */
export type StorageManagerLike = Pick<StorageManager, 'persist' | 'persisted'>

export const storagePersistence: Store<StoragePersistence> = createStore<StoragePersistence>('unknown')

/**
 * Asks the browser to keep what is stored here, once it is worth keeping (after sign-in), and notes
 * the answer. Only a window may ask, not a worker. Never throws: an old browser counts as a refusal.
 */
export async function keepStorage(
  storage: StorageManagerLike | undefined,
  state: Store<StoragePersistence> = storagePersistence,
): Promise<void> {
  try {
    const isKept = storage !== undefined && ((await storage.persisted()) || (await storage.persist()))
    state.set(isKept ? 'kept' : 'mayBeRemoved')
  } catch {
    state.set('mayBeRemoved')
  }
}
