import type { LocalReplica, ReplicaContents } from '#database/local/open-replica.ts'
import type { ReplicaCustomer } from '#database/local/replica-customer.ts'
import { type ReplicaRecord, recordKey, STORED_COLLECTIONS } from '#database/local/replica-record.ts'
import type { ReplicaState, ReplicaStateKey } from '#database/local/replica-state.ts'
import { StorageError } from '#database/local/storage-error.ts'
import { forgetErased } from '../erasure/forget-erased.ts'
import { attentionCount } from '../outbox/attention.ts'
import { nextMutation } from '../outbox/push-batch.ts'
import { WaitingChanges } from '../status/waiting-changes.ts'
import { type RecordChange, RecordTable } from './record-table.ts'
import { ShownCustomers } from './shown-customers.ts'
import { DOCUMENT_VERSION, upgradeCustomers } from './upgrade-documents.ts'

/** What one write changes: whole customers and records, ids and keys that leave, and state. */
export interface StoreChange {
  readonly put?: readonly ReplicaCustomer[]
  readonly removed?: readonly string[]
  readonly records?: Partial<RecordChange>
  readonly state?: ReplicaState
}

/** Hears of every change after it became durable. */
export type StoreListener = (change: {
  /** As they show. */
  readonly put: readonly ReplicaCustomer[]
  readonly removed: readonly string[]
  /** Records as they are now, and those that they replaced or that left, as they were. */
  readonly records: { readonly put: readonly ReplicaRecord[]; readonly before: readonly ReplicaRecord[] }
}) => void

/**
 * The replica in memory with its durable twin. All reads come from memory; all writes go through
 * one queue: compute from what is durable, write, then change memory. So nothing unsaved is ever
 * shown, and no two writes of a customer can overtake each other.
 *
 * After a failed write the store is broken and refuses every further one: memory and disk may
 * differ, and only opening the replica again tells.
 */
export class ReplicaStore {
  readonly #replica: LocalReplica
  readonly #customers = new Map<string, ReplicaCustomer>()
  readonly #waiting = new Set<string>()
  readonly #waitingChanges = new WaitingChanges()
  readonly #attention = new Set<string>()
  readonly #records = new RecordTable()
  readonly #shown = new ShownCustomers({ customers: this.#customers, record: (key) => this.#records.get(key) })
  readonly #listeners = new Set<StoreListener>()
  readonly #onBroken: (error: StorageError) => void
  #state: ReplicaState = {}
  #tail: Promise<unknown> = Promise.resolve()
  #broken: StorageError | null = null

  private constructor(replica: LocalReplica, onBroken: (error: StorageError) => void) {
    this.#replica = replica
    this.#onBroken = onBroken
  }

  /**
   * Reads the replica into memory. Damaged rows are set aside, and their collections are walked again
   * by the next pull, which brings them. What an older app has stored is brought into today's form. `onBroken` is told once when a write fails.
   *
   * @throws StorageError
   */
  static async load(replica: LocalReplica, onBroken: (error: StorageError) => void): Promise<ReplicaStore> {
    const store = new ReplicaStore(replica, onBroken)
    const { records, state, damagedRecords, ...stored } = await replica.load()
    const { documentVersion = 1 } = state
    if (documentVersion > DOCUMENT_VERSION) throw new StorageError('newer_version', null)
    const { customers, changed, damaged } = upgradeCustomers(documentVersion, stored.customers, stored.damaged)
    store.#state = state
    store.#apply({ put: customers, removed: [], records: { put: records, removed: [] } })
    if (damaged.length + damagedRecords.length > 0) await store.#setAside(damaged, damagedRecords)
    if (changed.length > 0) await store.write(() => ({ put: changed }))
    return store
  }

  /** Customers by id, deleted and refused ones included. */
  get customers(): ReadonlyMap<string, ReplicaCustomer> {
    return this.#customers
  }

  /** The same as they show. */
  get shown(): Pick<ShownCustomers, 'all' | 'awaited' | 'familyOf' | 'get' | 'mergeOf' | 'onTop' | 'preview'> {
    return this.#shown
  }

  /** The rows of all other collections. */
  get records(): Pick<RecordTable, 'all' | 'get' | 'of' | 'ofCustomer' | 'refused' | 'size' | 'waiting'> {
    return this.#records
  }

  /** Those with mutations that wait, oldest first. */
  *waiting(): Generator<ReplicaCustomer> {
    for (const id of this.#waiting) {
      const held = this.#customers.get(id)
      if (held !== undefined) yield held
    }
  }

  /** How many changes of customers wait, and since when. */
  get waitingChanges(): Pick<WaitingChanges, 'count' | 'since'> {
    return this.#waitingChanges
  }

  /** Those with refused writes or open conflicts. */
  *attention(): Generator<ReplicaCustomer> {
    for (const id of this.#attention) {
      const held = this.#customers.get(id)
      if (held !== undefined) yield held
    }
  }

  /** A value of the state, undefined where none is stored. */
  state<K extends ReplicaStateKey>(key: K): ReplicaState[K] {
    return this.#state[key]
  }

  /** Calls back after every durable change. Returns what takes the listener off again. */
  listen(listener: StoreListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * Runs `compute` when all earlier writes are durable, and writes what it returns; null: nothing.
   * Resolves to what was written, when it is durable.
   *
   * @throws StorageError when it could not be written, now and for every later write.
   */
  write<C extends StoreChange | null>(compute: () => C): Promise<C> {
    const run = this.#tail.then(async () => {
      if (this.#broken !== null) throw this.#broken
      const computed = compute()
      if (computed === null) return computed
      const change = this.#withErasures(computed)
      const { put = [], removed = [] } = change
      // The first write of this version says so: with it, an older app would not know everything it reads.
      const isNoted = this.#state.documentVersion === DOCUMENT_VERSION
      const state: ReplicaState = isNoted
        ? (change.state ?? {})
        : { ...change.state, documentVersion: DOCUMENT_VERSION }
      const records = { put: change.records?.put ?? [], removed: change.records?.removed ?? [] }
      try {
        await this.#replica.commit({
          customers: put,
          removed,
          records: records.put,
          removedRecords: records.removed,
          state,
        })
      } catch (cause) {
        const error = cause instanceof StorageError ? cause : new StorageError('storage_failed', cause)
        this.#broken = error
        this.#onBroken(error)
        throw error
      }
      this.#state = { ...this.#state, ...state }
      this.#apply({ put, removed, records })
      return computed
    })
    this.#tail = run.catch(() => undefined)
    return run
  }

  /** Takes older versions of what it holds out of the durable part. @throws StorageError */
  compactNow(): Promise<void> {
    return this.#replica.compactNow()
  }

  /** Waits for writes under way, then closes the durable part. Later writes are refused. */
  async close(): Promise<void> {
    await this.#end(async () => {
      await this.#replica.close()
      return true
    })
  }

  /**
   * Waits for writes under way, then deletes everything stored, where `agree` says so: it is asked
   * when nothing can be written in between any more. Later writes are refused. Resolves to what it said.
   */
  remove(agree: () => Promise<boolean>): Promise<boolean> {
    return this.#end(async () => {
      if (!(await agree())) return false
      await this.#replica.remove()
      return true
    })
  }

  /** Whatever makes a customer erased takes with it all that is known about them, in one write. */
  #withErasures(change: StoreChange): StoreChange {
    const putRecords = change.records?.put ?? []
    const forgotten = forgetErased({
      customer: (id) => this.#customers.get(id),
      records: () => this.#records.all(),
      state: { ...this.#state, ...change.state },
      put: change.put ?? [],
      putRecords,
    })
    if (forgotten === null) return change
    const gone = new Set(forgotten.removed)
    const put = new Map([...putRecords, ...forgotten.put].map((record) => [record.key, record]))
    return {
      ...change,
      records: {
        put: [...put.values()].filter(({ key }) => !gone.has(key)),
        removed: [...(change.records?.removed ?? []), ...gone],
      },
      state: { ...change.state, ...forgotten.state },
    }
  }

  /** First kept, then removed: a crash in between keeps them twice, never not at all. */
  async #setAside(damaged: ReplicaContents['damaged'], records: ReplicaContents['damagedRecords']): Promise<void> {
    const edited = [...damaged, ...records].filter((document) => document.hasLocalState).map(({ stored }) => stored)
    const quarantine = [...(this.state('quarantine') ?? []), ...edited]
    if (edited.length > 0) await this.write(() => ({ state: { quarantine } }))
    const keys = records.map(({ id }) => id)
    const named = STORED_COLLECTIONS.filter((name) => keys.some((key) => key.startsWith(recordKey(name, ''))))
    // A key that says nothing may have been of any of them.
    const ofRecords = keys.length > 0 && named.length === 0 ? STORED_COLLECTIONS : named
    const lost = [...(damaged.length > 0 ? (['customers'] as const) : []), ...ofRecords]
    const state: ReplicaState = { reread: [...new Set([...(this.state('reread') ?? []), ...lost])] }
    const removed = damaged.map(({ id }) => id)
    await this.write(() => ({ removed, records: { removed: keys }, state }))
  }

  /** `end` tells whether the store is over. */
  #end(end: () => Promise<boolean>): Promise<boolean> {
    const ended = this.#tail.then(end)
    // Behind what is queued already, in front of what a request under way may still bring.
    this.#tail = ended
      .catch(() => true)
      .then((isOver) => {
        if (isOver) this.#broken ??= new StorageError('storage_failed', new Error('The replica is closed'))
      })
    return ended
  }

  #apply(change: Required<Pick<StoreChange, 'put' | 'removed'>> & { readonly records: RecordChange }): void {
    for (const held of change.put) {
      this.#waitingChanges.replace(this.#customers.get(held.id), held)
      this.#customers.set(held.id, held)
      mark(this.#waiting, held.id, nextMutation(held) !== undefined)
      mark(this.#attention, held.id, attentionCount(held) > 0)
    }
    for (const id of change.removed) {
      this.#waitingChanges.replace(this.#customers.get(id), undefined)
      this.#customers.delete(id)
      this.#waiting.delete(id)
      this.#attention.delete(id)
    }
    const { put, removed } = change.records
    const before = [...put.map(({ key }) => key), ...removed].flatMap((key) => this.#records.get(key) ?? [])
    this.#records.apply(change.records)
    const moved = this.#shown.apply(change.records)
    const touched = moved.length === 0 ? [] : [...new Set([...change.put.map(({ id }) => id), ...moved])]
    const shown = moved.length === 0 ? change.put : touched.flatMap((id) => this.#shown.get(id) ?? [])
    for (const listener of this.#listeners) listener({ ...change, put: shown, records: { put, before } })
  }
}

function mark(set: Set<string>, id: string, present: boolean): void {
  if (present) set.add(id)
  else set.delete(id)
}
