import { z } from 'zod'
import type { Workspace } from '#shared/domain/workspace.ts'
import { readDeviceId } from '../erasure/device.ts'
import type { HandoverNote } from '../handover/handover-vault.ts'
import type { Backend } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { checkAccess, type LostAccess } from './access-check.ts'
import {
  readCompanies,
  readReplicas,
  readSignOuts,
  sumUnsent,
  writeCompanies,
  writeSignOuts,
} from './known-replicas.ts'
import type { KnownUser } from './known-user.ts'
import type { Surroundings } from './open-company.ts'
import type { ReplicaHost } from './replica-host.ts'
import type { ReplicaShelf } from './replica-shelf.ts'

/** So long a company must be missing before it counts as lost: an administrator may be moving things. */
const SURE_MS = 5_000

/** The open company, whose user may lose companies. */
export interface LossDeps extends Surroundings {
  readonly user: KnownUser
  /** The company is lost: closes it, then runs `purge`, for as long as the storage refuses that. */
  readonly onLost: (purge: () => Promise<HandoverNote | null>) => Promise<void>
  /** Another company is lost; told what waits in those that are left. */
  readonly onOtherLost: (unsent: number) => void
}

type Company = Pick<Workspace, 'companyId' | 'companyName'>

/** Finds the companies that a user loses while one of theirs is open, and purges their replicas. */
export class LostCompanies {
  readonly #deps: LossDeps
  /** Companies that the server's lists don't hold, and since when. */
  readonly #missingSince = new Map<string, number>()

  constructor(deps: LossDeps) {
    this.#deps = deps
  }

  /**
   * The server has told the user's companies, as the session now knows in its turn. One that is missing,
   * open or not, goes when it is lost for certain.
   *
   * @throws SyncError, StorageError
   */
  async heard({ companyId, companyName }: Company, companies: readonly Workspace[]): Promise<void> {
    const { host, shelf, backend, user } = this.#deps
    if (companies.some((company) => company.companyId === companyId)) {
      await writeCompanies(shelf.vault, user.id, companies)
    }
    await confirmSignOuts(shelf, backend(), host, user.id)
    for (const company of this.#surelyMissing([{ companyId, companyName }, ...(await this.#others())], companies)) {
      const transport = backend()?.transportFor(user.id)
      // Asked in the session's turn: nobody can sign in anew between the answer and the purge.
      const access = transport === undefined ? null : await checkAccess(transport, company.companyId)
      if (access?.kind === 'lost') await this.#purge(company, access)
    }
  }

  /** Those that this list does not hold, nor the one of 5 s ago: to be asked about once. */
  #surelyMissing(replicas: readonly Company[], companies: readonly Workspace[]): Company[] {
    const now = this.#deps.host.timing.now()
    for (const { companyId } of companies) this.#missingSince.delete(companyId)
    return replicas.filter(({ companyId }) => {
      if (companies.some((company) => company.companyId === companyId)) return false
      const since = this.#missingSince.get(companyId) ?? now
      this.#missingSince.set(companyId, since)
      // `abs`: a clock that was set back must not put this off.
      if (Math.abs(now - since) < SURE_MS) return false
      // Whatever comes of it, the next time begins anew.
      this.#missingSince.delete(companyId)
      return true
    })
  }

  /** The replica goes, and what nobody has sent is kept. */
  async #purge({ companyId: id, companyName: name }: Company, { companies, isSignedOut }: LostAccess): Promise<void> {
    const { host, shelf, backend, user, onLost, onOtherLost } = this.#deps
    const purge = () => shelf.purge(user, { id, name }, isSignedOut)
    if (id === user.companyId) {
      await onLost(async () => {
        await writeCompanies(shelf.vault, user.id, companies)
        return purge()
      })
    } else {
      await purge()
      onOtherLost(sumUnsent(await this.#others()))
      await confirmSignOuts(shelf, backend(), host, user.id)
    }
  }

  /** The user's replicas that are not open. */
  async #others() {
    const { shelf, user } = this.#deps
    return (await readReplicas(shelf.vault, user.id)).filter(({ companyId }) => companyId !== user.companyId)
  }
}

/**
 * Tells whoever signed this device out of companies that they have left it, until the server knows. A
 * sign-in that was ended, and opens nothing else, is of no use any more.
 *
 * @throws StorageError, SyncError `unreachable`
 */
export async function confirmSignOuts(
  { vault }: ReplicaShelf,
  backend: Backend | null,
  { newId }: Pick<ReplicaHost, 'newId'>,
  userId: string,
): Promise<void> {
  if (backend === null) return
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
  if (isEnded && (await readCompanies(vault, userId)).length === 0) await backend.signOut()
}
