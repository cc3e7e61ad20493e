import { SyncError } from './sync-error.ts'

/**
 * Loads code that no start waits for. In a browser it comes over the network, until that is kept.
 *
 * @throws SyncError `unreachable`; asked again, it may be had
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new SyncError('unreachable', 'The server does not answer. Check your network, then try again.', { cause })
  }
}
