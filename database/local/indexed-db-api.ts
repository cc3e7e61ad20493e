/** The IndexedDB to use: the platform's, or a fake one under test. */
export interface IndexedDbApi {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}
