import type { IndexedDbApi } from '#database/local/indexed-db-api.ts'
import type { DerivedReader, LocalReplica } from '#database/local/local-replica.ts'
import { mirrorsToRemove } from '#database/local/mirrors-to-remove.ts'
import { peekReplica } from '#database/local/peek-replica.ts'
import { nameOf, type ReplicaMirror } from '#database/local/replica-place.ts'
import { StorageError } from '#database/local/storage-error.ts'
import type { Vault } from '#database/local/vault.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import { type HandoverNote, HandoverVault } from '../handover/handover-vault.ts'
import { purgeReplica } from '../handover/purge-replica.ts'
import type { SignedInUser } from '../replication/backend.ts'
import { loadCode } from '../replication/load-code.ts'
import { SyncError } from '../replication/sync-error.ts'
import { RETRY_MS } from './insistence.ts'
import {
  forgetReplica,
  type KnownReplica,
  noteFound,
  noteReplica,
  readCompanies,
  readReplicas,
  writeCompanies,
  writeSignOuts,
} from './known-replicas.ts'
import type { KnownUser } from './known-user.ts'
import type { ReplicaHost } from './replica-host.ts'
import type { SessionDeps } from './session.ts'

/** Loads what opens replicas: RxDB, for which the first rows do not wait. */
export const loadReplicas = () => loadCode(() => import('#database/local/open-replica.ts'))

const LOCKED: ReadonlySet<string> = new Set(['storage_locked', 'storage_silent'])

/** Names a replica on this computer. */
type Place = Pick<KnownReplica, 'userId' | 'companyId'>

/**
 * The replicas of this computer, and the vault that says which there are and keeps what was saved
 * from lost ones.
 *
 * Every method throws `StorageError`, and `SyncError` (`unreachable`) where its code can't be loaded.
 */
export class ReplicaShelf {
  readonly vault: Vault
  readonly handovers: HandoverVault
  readonly #host: ReplicaHost
  readonly #indexedDb: IndexedDbApi
  readonly #inTurn: SessionDeps['inTurn']
  readonly #mirror: ReplicaMirror | null
  #cancelRetry: () => void = () => undefined

  constructor(host: ReplicaHost, indexedDb: IndexedDbApi, vault: Vault, inTurn: SessionDeps['inTurn']) {
    this.#host = host
    this.#indexedDb = indexedDb
    this.#inTurn = inTurn
    this.vault = vault
    this.handovers = new HandoverVault(vault, host.secrets)
    const toRemove = mirrorsToRemove(vault)
    const add = (name: string) => {
      this.#retryLater()
      return toRemove.add(name)
    }
    this.#mirror = host.mirror ? { ...host.mirror, toRemove: { ...toRemove, add } } : null
  }

  /** Opens or makes a replica, or says what keeps it from that, and from being touched. */
  async openUnlessLocked(place: Place): Promise<LocalReplica | StorageError> {
    try {
      const { openReplica } = await loadReplicas()
      return await openReplica(this.#at(place))
    } catch (error) {
      if (error instanceof StorageError && LOCKED.has(error.code)) return error
      throw error
    }
  }

  /** Looks at what was computed from a replica, without opening it; null: nothing can be seen. */
  peek<T>(place: Place, look: (derived: DerivedReader) => Promise<T>): Promise<T | null> {
    return peekReplica(this.#at(place), look)
  }

  /** Deletes a replica without opening it. */
  async remove(place: Place, mirror = this.#mirror): Promise<void> {
    const { removeReplica } = await loadReplicas()
    await removeReplica({ ...this.#at(place), mirror })
    await forgetReplica(this.vault, place)
  }

  /** Notes replicas of which only the mirror is left: they are opened, purged and removed like all others. */
  async noteMirrored(userId: string): Promise<void> {
    if (this.#mirror === null) return
    // What a sign-out could not list is theirs again, and must not go while it is in use.
    await this.#mirror.toRemove.done(nameOf({ userId, companyId: '' }))
    const noted = await readReplicas(this.vault, userId)
    const companies = await readCompanies(this.vault, userId)
    const { mirroredReplicas } = await loadReplicas()
    for (const { companyId, documents } of await mirroredReplicas(this.#mirror, userId)) {
      if (noted.some((replica) => replica.companyId === companyId)) continue
      const companyName = companies.find((company) => company.companyId === companyId)?.companyName ?? 'your company'
      await noteFound(this.vault, { userId, companyId, companyName, unsent: documents })
    }
  }

  /** Deletes all replicas of a user who leaves, and what is known of their companies. */
  async removeAllOf({ id: userId, companyId }: KnownUser): Promise<void> {
    const mirrored = await this.#mirrorsOf(userId)
    const noted = (await readReplicas(this.vault, userId)).map((replica) => replica.companyId)
    for (const company of new Set([companyId, ...noted, ...(mirrored ?? [])])) {
      const place = { userId, companyId: company }
      // What does not answer is waited for once.
      if (mirrored === null) await this.giveUpMirror(place)
      await this.remove(place, mirrored && this.#mirror)
    }
    await writeCompanies(this.vault, userId, [])
    await writeSignOuts(this.vault, userId, () => [])
  }

  /** Notes a replica as the one opened last, with what waits in it. */
  note(replica: KnownReplica): Promise<void> {
    return noteReplica(this.vault, replica)
  }

  /**
   * Removes a replica to which its user has lost access; its unsent work is kept as a hand-over, once
   * however often this fails. `isSignedOut`: only this device has lost it. Resolves to null where nothing of it
   * can be read, because its key is missing.
   */
  async purge(
    user: SignedInUser | KnownUser,
    company: HandoverContents['company'],
    isSignedOut: boolean,
  ): Promise<HandoverNote | null> {
    const { timing, newId } = this.#host
    if (isSignedOut) await writeSignOuts(this.vault, user.id, (open) => [...new Set([...open, company.id])])
    const begun = (await this.finishPurges(user.id)).find(({ companyId }) => companyId === company.id)
    if (begun !== undefined) return begun
    const place = { userId: user.id, companyId: company.id }
    const who = { id: user.id, name: user.name ?? user.email, email: user.email }
    const about = { id: newId(), user: who, company, lostAt: new Date(timing.now()).toISOString(), isSignedOut }
    let replica = await this.openUnlessLocked(place)
    if (replica instanceof StorageError && replica.code === 'storage_silent') {
      await this.giveUpMirror(place)
      replica = await this.openUnlessLocked(place)
    }
    if (replica instanceof StorageError) {
      await this.remove(place)
      return null
    }
    const note = await purgeReplica(replica, about, this.handovers)
    await forgetReplica(this.vault, place)
    return note
  }

  /** What a crash or a refusal left of purges: the work is kept already, the replica is to go. Resolves to those finished. */
  async finishPurges(userId: string): Promise<HandoverNote[]> {
    const begun = (await this.handovers.of(userId)).filter(({ purged }) => !purged)
    for (const { id, companyId } of begun) {
      await this.remove({ userId, companyId })
      await this.handovers.mark(id, { purged: true })
    }
    return begun
  }

  /** The companies of a user who leaves that have a mirror; null: they can't be listed, and all are noted to go. */
  async #mirrorsOf(userId: string): Promise<string[] | null> {
    if (this.#mirror === null) return []
    const { mirrorsOf } = await loadReplicas()
    try {
      return await mirrorsOf(this.#mirror, userId)
    } catch (cause) {
      this.#mirror.onFailure(cause)
      await this.giveUpMirror({ userId, companyId: '' })
      return null
    }
  }

  /** The mirror of a replica that it keeps locked is to go unread: what the replica itself can tell is kept. */
  async giveUpMirror(place: Place): Promise<void> {
    await this.#mirror?.toRemove.add(nameOf(place))
  }

  /** Mirrors that could not be removed: again now, and until they are gone. */
  async removeMirrors(): Promise<void> {
    if (this.#mirror === null) return
    this.#retryLater()
    const names = await this.#mirror.toRemove.all()
    if (names.length === 0) return this.#cancelRetry()
    const { removeMirror } = await loadReplicas()
    for (const name of names) {
      if (await removeMirror(this.#mirror, name)) continue
      // One that can't be removed keeps no other; a place that can't be had is asked once.
      const isThere = await this.#mirror.open().then(Boolean, () => false)
      if (!isThere) return
    }
  }

  /** Nothing is tried again after this. */
  close(): void {
    this.#cancelRetry()
    this.vault.close()
  }

  #retryLater(): void {
    const { timing, reportBug } = this.#host
    this.#cancelRetry()
    this.#cancelRetry = timing.after(RETRY_MS, () => {
      this.#inTurn(() => this.removeMirrors()).catch((error: unknown) => {
        if (!(error instanceof StorageError || error instanceof SyncError)) reportBug(error)
      })
    })
  }

  #at(place: Place) {
    const { replicaKeys: keys } = this.#host
    return { ...this.#indexedDb, keys, mirror: this.#mirror, userId: place.userId, companyId: place.companyId }
  }
}
