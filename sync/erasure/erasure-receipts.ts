import type { ReplicaStore } from '../replication/replica-store.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import type { Device } from './device.ts'

/** What the receipts need from outside. */
export interface ErasureReceiptsDeps {
  readonly store: ReplicaStore
  readonly transport: Transport
  readonly companyId: string
  readonly device: Device
  /** Tells the screens to forget what they hold of these customers, such as drafts of forms. */
  readonly onErased: (ids: readonly string[]) => void
}

/** So many receipts go out in a round: a retention run may erase thousands, and edits must not wait for all of them. */
const AT_ONCE = 50

/**
 * Tells the server that this machine holds nothing of an erased person any more (SPEC DB-8), and only
 * when that is so: rows, edits and receipts to be sent are one durable write (`forgetErased`), then the
 * screens are told, then older versions leave the store. A crash in between does it all again.
 */
export class ErasureReceipts {
  readonly #deps: ErasureReceiptsDeps
  #signIns = 1
  /** As of which sign-in the server knows the device. */
  #registeredAs = 0
  /** Of whom nothing is left in the store either. */
  readonly #gone = new Set<string>()
  /** What the server stumbled over; asked again after the next start. */
  readonly #refused = new Set<string>()

  constructor(deps: ErasureReceiptsDeps) {
    this.#deps = deps
  }

  /**
   * Makes the device known, once a sign-in or start and before anything is pulled: the server then waits for
   * its receipts of all later erasures, and knows which sign-in to end where the device is to be signed out.
   *
   * @throws SyncError, StorageError
   */
  async register(): Promise<void> {
    const signIn = this.#signIns
    if (this.#registeredAs === signIn) return
    const { store, transport, companyId, device } = this.#deps
    const registeredAt = await transport.registerDevice(companyId, device)
    if (store.state('registeredAt') !== registeredAt) await store.write(() => ({ state: { registeredAt } }))
    this.#registeredAs = signIn
  }

  /** The user may have a new session. */
  signedIn(): void {
    this.#signIns += 1
  }

  /**
   * Sends the receipts that are due.
   *
   * @throws SyncError, StorageError
   */
  async send(): Promise<void> {
    const { store, transport, companyId, device, onErased } = this.#deps
    const pending = (store.state('erasures') ?? []).filter((id) => !this.#refused.has(id))
    if (pending.length === 0) return
    onErased(pending)
    if (pending.some((id) => !this.#gone.has(id))) await store.compactNow()
    for (const id of pending) this.#gone.add(id)
    const owed = pending.filter((id) => this.#isOwed(id))
    const later = new Set(owed.slice(AT_ONCE))
    for (const id of owed.slice(0, AT_ONCE)) {
      try {
        await transport.acknowledgeErasure(companyId, id, device.id)
      } catch (error) {
        if (!(error instanceof SyncError) || error.kind !== 'bad_request') throw error
        this.#refused.add(id)
      }
    }
    const isOpen = (id: string) => !pending.includes(id) || later.has(id) || this.#refused.has(id)
    await store.write(() => ({ state: { erasures: (store.state('erasures') ?? []).filter(isOpen) } }))
  }

  /** A machine that came later never held anything, and one that a restored server knows nothing of owes nothing. */
  #isOwed(id: string): boolean {
    const { erasedAt } = this.#deps.store.customers.get(id) ?? {}
    const registeredAt = this.#deps.store.state('registeredAt')
    return erasedAt != null && (registeredAt === undefined || Date.parse(erasedAt) >= Date.parse(registeredAt))
  }
}
