import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { IndexedDbApi } from '#database/local/indexed-db-api.ts'
import { browserKeys, type ReplicaKeys } from '#database/local/replica-keys.ts'
import type { ReplicaMarks } from '#database/local/replica-marks.ts'
import type { ReplicaMirror } from '#database/local/replica-place.ts'
import { notesInMemory } from '#database/local/testing/notes-in-memory.ts'

/** How the disk fails: the call throws, there is no room, or the write is done and its answer is not. */
export type DiskFault = 'rejects' | 'full' | 'answerLost'

/** Where the app calls its storage, as `database.store.operation`: how often it was called, and how often that failed. */
export class StorageSites {
  readonly #sites = new Map<string, { calls: number; failures: number }>()

  called(site: string): void {
    this.#of(site).calls += 1
  }

  failed(site: string): void {
    this.#of(site).failures += 1
  }

  /** The call sites seen so far, those first that failed least often. */
  leastFailed(): string[] {
    return [...this.#sites]
      .toSorted((a, b) => a[1].failures - b[1].failures || (a[0] < b[0] ? -1 : 1))
      .map(([site]) => site)
  }

  /** Call site → how often it was made to fail. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sites].toSorted().map(([site, { failures }]) => [site, failures]))
  }

  #of(site: string) {
    const found = this.#sites.get(site) ?? { calls: 0, failures: 0 }
    this.#sites.set(site, found)
    return found
  }
}

const WRITES = ['add', 'put', 'delete', 'clear'] as const
const READS = ['get', 'getAll', 'getAllKeys', 'count', 'openCursor'] as const

interface Armed {
  readonly fault: DiskFault
  /** Null: the next write anywhere. */
  readonly site: string | null
  readonly onFailure: () => void
}

/** A disk as a worker sees it. */
export interface MountedDisk {
  readonly api: IndexedDbApi
  readonly keys: ReplicaKeys
  readonly mirror: ReplicaMirror
  /** The worker is gone: whatever is under way ends here. */
  readonly cut: () => void
}

/**
 * The disk of one laptop: an IndexedDB that fails on demand, and that can be cut off from a worker in
 * the middle of whatever it does. What was committed then is there for the next worker, nothing else.
 */
export class FaultyDisk {
  #factory = new IDBFactory()
  /** That of the mirror, which nothing deletes. It fails with the worker only: its faults cost nothing until the other is gone. */
  readonly #bucket = new IDBFactory()
  readonly #marked = new Set<string>()
  readonly #notes = new Map<string, string>()
  readonly #sites: StorageSites
  #armed: Armed | null = null

  constructor(sites: StorageSites) {
    this.#sites = sites
  }

  /** The disk as one worker sees it, until `cut`. */
  mount(): MountedDisk {
    let isCut = false
    const connections = new Set<IDBDatabase>()
    const transactions = new Set<IDBTransaction>()
    const alive = () => {
      if (isCut) throw new DOMException('The worker is gone', 'InvalidStateError')
    }
    const apiOf = (factory: IDBFactory, guard: (site: string) => void): IndexedDbApi => {
      const open = (name: string, version?: number): IDBOpenDBRequest => {
        guard(`${kindOf(name)}.open`)
        const request = factory.open(name, version)
        request.addEventListener('success', () => {
          connections.add(request.result)
          if (isCut) request.result.close()
          else this.#watch(request.result, transactions, guard)
        })
        return request
      }
      const deleteDatabase = (name: string) => {
        guard(`${kindOf(name)}.deleteDatabase`)
        return factory.deleteDatabase(name)
      }
      const databases = async () => {
        guard('databases')
        return factory.databases()
      }
      const cmp = (a: unknown, b: unknown) => factory.cmp(a, b)
      return { indexedDB: { open, deleteDatabase, databases, cmp }, IDBKeyRange }
    }
    const api = apiOf(this.#factory, (site) => {
      alive()
      this.#check(site)
    })
    const marks: ReplicaMarks = {
      has: async (replica) => this.#marked.has(replica),
      add: async (replica) => void this.#marked.add(replica),
      remove: async (replica) => void this.#marked.delete(replica),
    }
    return {
      api,
      keys: browserKeys(api, marks),
      mirror: {
        open: async () => apiOf(this.#bucket, alive),
        toRemove: notesInMemory(this.#notes),
        onFailure: () => undefined,
      },
      cut: () => {
        isCut = true
        for (const transaction of transactions) abort(transaction)
        for (const connection of connections) connection.close()
      },
    }
  }

  /** The browser takes the disk for damaged and deletes all but the mirror. Nobody may have it mounted. */
  deleteAll(): void {
    this.#factory = new IDBFactory()
    this.#notes.clear()
  }

  /** The next call that fits fails; a lost answer only ever fits a write to a log. */
  arm(fault: DiskFault, site: string | null, onFailure: () => void): void {
    this.#armed = { fault, site, onFailure }
  }

  /** Nothing fails any more. */
  disarm(): void {
    this.#armed = null
  }

  #watch(db: IDBDatabase, transactions: Set<IDBTransaction>, guard: (site: string) => void): void {
    const begin = db.transaction.bind(db)
    db.transaction = (names, mode, options) => {
      guard(`${kindOf(db.name)}.transaction`)
      const transaction = begin(names, mode, options)
      transactions.add(transaction)
      for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => transactions.delete(transaction))
      if (mode === 'readwrite' && kindOf(db.name) === 'log' && db.objectStoreNames.contains('log'))
        this.#watchAnswer(transaction)
      const objectStore = transaction.objectStore.bind(transaction)
      transaction.objectStore = (name) => watchStore(objectStore(name), kindOf(db.name), guard)
      return transaction
    }
  }

  /** A write that is durable, and of which its writer hears that it failed. */
  #watchAnswer(transaction: IDBTransaction): void {
    let told: IDBTransaction['oncomplete'] = null
    Object.defineProperty(transaction, 'oncomplete', {
      get: () => (event: Event) => {
        if (this.#armed?.fault !== 'answerLost') return told?.call(transaction, event)
        this.#fail('log.complete', this.#armed)
        transaction.onabort?.call(transaction, new Event('abort'))
      },
      set: (listener: IDBTransaction['oncomplete']) => {
        told = listener
      },
    })
  }

  #check(site: string): void {
    this.#sites.called(site)
    const armed = this.#armed
    if (armed === null || armed.fault === 'answerLost') return
    const isWrite = WRITES.some((write) => site.endsWith(`.${write}`))
    if (armed.site === null ? !isWrite : armed.site !== site) return
    this.#fail(site, armed)
    if (armed.fault === 'full' && isWrite) throw new DOMException('No room', 'QuotaExceededError')
    throw new DOMException('The disk failed', 'UnknownError')
  }

  #fail(site: string, armed: Armed): void {
    this.#armed = null
    this.#sites.failed(site)
    armed.onFailure()
  }
}

function watchStore(store: IDBObjectStore, kind: string, guard: (site: string) => void): IDBObjectStore {
  for (const operation of [...WRITES, ...READS]) {
    const original = store[operation].bind(store) as (...args: unknown[]) => unknown
    Object.defineProperty(store, operation, {
      configurable: true,
      value: (...args: unknown[]) => {
        guard(`${kind}.${store.name}.${operation}`)
        return original(...args)
      },
    })
  }
  return store
}

/** Which of the app's databases it is: their names hold users and companies. */
function kindOf(name: string): string {
  if (name.includes('log-')) return 'log'
  return name.replace(/^tradesphere-/, '').replace(/[-_].*$/, '')
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It was committed a moment ago.
  }
}
