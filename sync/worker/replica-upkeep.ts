import type { ReplicaFacts } from '#shared/replica-api/replica-data.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Device } from '../erasure/device.ts'
import { guardStorage } from '../replication/guard-storage.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'

/** What the upkeep needs from outside. */
export interface ReplicaUpkeepDeps {
  readonly store: ReplicaStore
  readonly device: Device
  readonly isEncrypted: boolean
  readonly isOnline: () => boolean
  readonly unsent: () => number
  /** Has the next pull begin with an empty copy. */
  readonly rebuild: () => void
}

/** What the copy on this machine holds, and what its user can do about it. */
export class ReplicaUpkeep {
  readonly #deps: ReplicaUpkeepDeps

  constructor(deps: ReplicaUpkeepDeps) {
    this.#deps = deps
  }

  facts(): ReplicaFacts {
    const { store, device, isEncrypted, unsent } = this.#deps
    const customers = [...store.shown.all()].filter(({ deletedAt }) => deletedAt === null).length
    return { customers, records: store.records.size, unsent: unsent(), isEncrypted, device }
  }

  /** Takes out of the storage what was replaced or removed. */
  compact(): Promise<Result<null>> {
    return guardStorage(async () => {
      await this.#deps.store.compactNow()
      return ok(null)
    })
  }

  /** Fetches everything again. What came from the server goes when the server has answered, not before. */
  rebuild(): Result<null> {
    if (!this.#deps.isOnline()) {
      return fail(
        'unreachable',
        'This needs a network: everything comes from the server again. Connect, then try again.',
      )
    }
    this.#deps.rebuild()
    return ok(null)
  }
}
