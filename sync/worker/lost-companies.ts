import { z } from 'zod'
import type { Workspace } from '#shared/domain/workspace.ts'
import { readDeviceId } from '../erasure/device.ts'
import type { Backend } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { readReplicas, readSignOuts, writeSignOuts } from './known-replicas.ts'
import type { ReplicaHost } from './replica-host.ts'
import type { ReplicaShelf } from './replica-shelf.ts'

/** So long a company must be missing before it counts as lost: an administrator may be moving things. */
const SURE_MS = 5_000

/** Companies that the server's lists of a user's companies don't hold, and since when. */
export class MissingCompanies {
  readonly #now: () => number
  readonly #since = new Map<string, number>()

  /** @param now this machine's clock, in milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Those of `replicas` that this list does not hold, nor the one of 5 s ago: to be asked about once. */
  sure<T extends { readonly companyId: string }>(replicas: readonly T[], companies: readonly Workspace[]): T[] {
    const now = this.#now()
    for (const { companyId } of companies) this.#since.delete(companyId)
    return replicas.filter(({ companyId }) => {
      if (companies.some((company) => company.companyId === companyId)) return false
      const since = this.#since.get(companyId) ?? now
      this.#since.set(companyId, since)
      // `abs`: a clock that was set back must not put this off.
      if (Math.abs(now - since) < SURE_MS) return false
      // Whatever comes of it, the next time begins anew.
      this.#since.delete(companyId)
      return true
    })
  }
}

/**
 * Tells whoever signed this device out of companies that they have left it, until the server knows.
 * Resolves to whether it took the word of the sign-in of now: that one was ended.
 *
 * @throws StorageError
 */
export async function confirmSignOuts(
  { vault }: ReplicaShelf,
  backend: Backend | null,
  { newId }: Pick<ReplicaHost, 'newId'>,
  userId: string,
): Promise<boolean> {
  if (backend === null) return false
  let isEnded = false
  for (const companyId of await readSignOuts(vault, userId)) {
    if ((await readReplicas(vault, userId)).some((replica) => replica.companyId === companyId)) continue
    try {
      const args = { p_company: companyId, p_device: await readDeviceId(vault, newId) }
      await backend.transportFor(userId).ask('confirm_sign_out', args, z.null())
      isEnded = true
    } catch (error) {
      if (!(error instanceof SyncError)) throw error
      // Refused: the user has signed in anew. Anything else is no answer.
      if (error.kind !== 'forbidden') continue
    }
    await writeSignOuts(vault, userId, (open) => open.filter((other) => other !== companyId))
  }
  return isEnded
}
