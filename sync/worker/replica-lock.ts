/** The one lock that the owner of this origin's replicas holds as long as it lives. */
const LOCK_NAME = 'tradesphere-replica'
/** On reload the old worker dies a moment after the new one starts: so long it is waited for. */
const GRACE_MS = 2_000

/**
 * Takes the lock, so that no two workers write one replica. Resolves to what releases it, or null
 * when somebody else holds it and doesn't let go within two seconds.
 */
export async function acquireReplicaLock(locks: LockManager): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    locks
      .request(LOCK_NAME, { signal: AbortSignal.timeout(GRACE_MS) }, () => {
        return new Promise<void>((release) => resolve(release))
      })
      .catch((error: unknown) => {
        if (error instanceof DOMException) resolve(null)
        else reject(error)
      })
  })
}
