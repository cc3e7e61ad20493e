import type { ReplicaCustomer } from './replica-customer.ts'
import type { ReplicaRecord } from './replica-record.ts'
import type { ReplicaState } from './replica-state.ts'

/** What to write together. */
export interface ReplicaCommit {
  readonly customers?: readonly ReplicaCustomer[]
  readonly removed?: readonly string[]
  readonly records?: readonly ReplicaRecord[]
  /** Keys of records that leave. */
  readonly removedRecords?: readonly string[]
  readonly state?: ReplicaState
}

/** Everything a replica holds, read once when it is opened. */
export interface ReplicaContents {
  readonly customers: ReplicaCustomer[]
  readonly records: ReplicaRecord[]
  readonly state: ReplicaState
  /** Stored customers that could not be read, as they are: to be fetched again from the server. */
  readonly damaged: readonly DamagedDocument[]
  /** The same of the other collections; `id` is the record's key. */
  readonly damagedRecords: readonly DamagedDocument[]
}

/** A stored document that could not be read. */
export interface DamagedDocument {
  readonly id: string
  readonly hasLocalState: boolean
  readonly stored: unknown
}

/**
 * How the replica was found. `salvaged`: it was damaged; edits that could be read there or in its mirror
 * were kept, the rest comes from the server again. `vanished`: it was here once and the platform has
 * cleared it, and no edit was found in its mirror. `restored`: the platform has cleared it, and the edits
 * in its mirror were kept.
 */
export type ReplicaCondition = 'sound' | 'salvaged' | 'vanished' | 'restored'

/** Bytes computed from the customers as they were up to a write, which `seq` numbers. */
export interface Derived {
  readonly seq: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Reads what was computed from a replica's customers and is kept with them. Never throws: losing it costs time only. */
export interface DerivedReader {
  /** Null: there is nothing, or it can't be read. */
  read(name: string): Promise<Derived | null>
  /** Ids of customers that later writes have changed or removed (and maybe some more); null: too many writes, or a merge. */
  changedAfter(seq: number): Promise<ReadonlySet<string> | null>
}

/** The same, when the replica is open. */
export interface DerivedStore extends DerivedReader {
  /** Saves in place of what was there, encrypted like the replica. Resolves to whether it did. */
  save(name: string, derived: Derived): Promise<boolean>
  /** The number of the last write. */
  head(): number
}

/** The durable part of a replica: one user's copy of one company's rows. */
export interface LocalReplica {
  /** Names the replica among all of this machine. */
  readonly name: string
  readonly condition: ReplicaCondition
  /**
   * Resolves, at most once, when part of what is stored turns out to be unreadable while the replica is
   * open. What is in memory is whole; the next start salvages the rest. The error names no content.
   */
  readonly damaged: Promise<Error>
  /** Null on a storage that keeps none. */
  readonly derived: DerivedStore | null
  load(): Promise<ReplicaContents>
  /**
   * Resolves when everything is durable. On the log storage all of it is one atomic write. On the
   * Dexie storage each collection is a transaction, and state the last one: a crash in between
   * leaves an older state, never a newer one.
   *
   * @throws StorageError when anything was not written; the caller must not go on as if it had been.
   */
  commit(commit: ReplicaCommit): Promise<void>
  /**
   * Takes everything out of the store that was replaced or removed before the last commit.
   *
   * @throws StorageError; then older versions may be left, and it can be asked for again.
   */
  compactNow(): Promise<void>
  close(): Promise<void>
  /** Closes and deletes everything stored for this user and company. */
  remove(): Promise<void>
}
