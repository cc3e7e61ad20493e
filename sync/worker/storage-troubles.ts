import type { StorageIncident, UnreadableItem } from '#shared/replica-api/storage-incident.ts'
import { ok, type Result } from '#shared/util/result.ts'
import type { HandoverVault } from '../handover/handover-vault.ts'
import { unreadableItem } from '../outbox/unreadable.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** What has happened to the stored replica, and the unsent work in it that can't be read any more. */
export class StorageTroubles {
  readonly #store: ReplicaStore
  readonly #onChange: () => void
  /** Found while the app runs; after a restart the replica itself says what became of it. */
  #running: StorageIncident | null = null

  /** `onChange` is told of what is not stored; of what is, the store tells. */
  constructor(store: ReplicaStore, onChange: () => void) {
    this.#store = store
    this.#onChange = onChange
  }

  /** What the user should know, until they say that they do. */
  get incident(): StorageIncident | null {
    return this.#running ?? this.#store.state('incident') ?? null
  }

  /** Keeps what was found when the replica was opened, over restarts. @throws StorageError */
  async note(incident: StorageIncident): Promise<void> {
    await this.#store.write(() => ({ state: { incident } }))
  }

  /** Part of the replica can't be read any more. It is not written to: the next start repairs it. */
  damagedNow(at: string): void {
    this.#running = { kind: 'damaged', at, unsent: 0 }
    this.#onChange()
  }

  /** The user knows. */
  dismiss(): Promise<Result<null>> {
    return guardStorage(async () => {
      this.#running = null
      await this.#store.write(() => ({ state: { incident: null } }))
      return ok(null)
    })
  }

  /** Unsent work that can't be read any more. */
  unreadable(): UnreadableItem[] {
    return (this.#store.state('quarantine') ?? []).map(unreadableItem)
  }

  /** Takes in the user's hand-overs that can't be read any more, so that they can be saved for support. @throws StorageError */
  async takeInHandovers(handovers: HandoverVault, userId: string): Promise<void> {
    const found = await handovers.damagedOf(userId)
    if (found.length === 0) return
    await this.#store.write(() => {
      const quarantine = this.#store.state('quarantine') ?? []
      return { state: { quarantine: [...quarantine, ...found.filter((one) => !quarantine.includes(one))] } }
    })
    await handovers.forgetDamaged(found)
  }

  /** Gives up a piece of it, by all that is stored of it. */
  discard(stored: string): Promise<Result<null>> {
    return guardStorage(async () => {
      await this.#store.write(() => {
        const quarantine = this.#store.state('quarantine') ?? []
        const at = quarantine.findIndex((document) => unreadableItem(document).stored === stored)
        return at < 0 ? null : { state: { quarantine: quarantine.toSpliced(at, 1) } }
      })
      return ok(null)
    })
  }
}
