/** The keys that replicas are encrypted with, one for each, by the replica's name. */
export interface ReplicaKeys {
  /**
   * The key of a replica, made and durably kept when there is none yet. Null: this platform can keep
   * none, so a new replica is written in the clear.
   *
   * @throws StorageError
   */
  of(replica: string): Promise<CryptoKey | null>
  /** Deletes the key: what is left of the replica can't be read again. @throws StorageError */
  forget(replica: string): Promise<void>
}
