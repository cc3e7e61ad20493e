import type { Random } from '#database/embedded/seed/random.ts'
import type { LocalReplica } from '#database/local/open-replica.ts'
import { openReplica } from '#database/local/open-replica.ts'
import type { ReplicaPlace } from '#database/local/replica-place.ts'
import { StorageError } from '#database/local/storage-error.ts'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { RequestInput, RequestName, RequestOutput } from '#shared/replica-api/contract.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import type { HintSource } from '#sync/replication/hints.ts'
import { createSupabaseBackend } from '#sync/replication/supabase-backend.ts'
import { TestDevice } from '#sync/testing/test-device.ts'
import { FaultyDisk, type StorageSites } from './faulty-disk.ts'
import { FaultyNetwork, type NetworkDeps } from './faulty-network.ts'
import type { Person } from './tenants.ts'
import { VirtualClock } from './virtual-clock.ts'

/** What a laptop is made of. */
export interface ChaosDeviceDeps {
  readonly person: Person
  readonly config: BackendConfig
  readonly random: Random
  readonly sites: StorageSites
  readonly network: Omit<NetworkDeps, 'random' | 'onPowerLoss'>
}

interface Worker {
  readonly app: TestDevice
  readonly cut: () => void
}

/** A worker that was killed is given so long to see that everything failed it, in milliseconds: after that it hangs, however busy the machine. */
const DEATH_MS = 120_000

/** One person's laptop: a disk, a clock and a network that fail on demand, and the real worker while the lid is open. */
export class ChaosDevice {
  readonly person: Person
  readonly disk: FaultyDisk
  readonly clock: VirtualClock
  readonly network: FaultyNetwork
  /** Faults that the app reported, of which there must be none. */
  readonly bugs: unknown[] = []
  /** Hints don't arrive while this is set. */
  isDeaf = false
  readonly #config: BackendConfig
  readonly #random: Random
  #worker: Worker | null = null
  #dying: Promise<void> = Promise.resolve()
  #state: SessionState = { kind: 'signedOut' }

  constructor({ person, config, random, sites, network }: ChaosDeviceDeps) {
    this.person = person
    this.#config = config
    this.#random = random
    this.disk = new FaultyDisk(sites)
    this.clock = new VirtualClock(Date.now(), random.next)
    this.network = new FaultyNetwork({ ...network, random, onPowerLoss: () => void this.kill() })
  }

  get isOpen(): boolean {
    return this.#worker !== null
  }

  /** Who is signed in, as the app last said. */
  get state(): SessionState {
    return this.#state
  }

  /** The lid opens: the worker starts, and signs in where nobody is. */
  async open(): Promise<SessionState> {
    await this.#dying
    const mounted = this.disk.mount()
    const { timing, stop } = this.clock.timing()
    const app = new TestDevice({ createBackend: this.#createBackend, config: this.#config, disk: mounted.api })
    this.#worker = {
      app,
      cut: () => {
        mounted.cut()
        stop()
        this.network.cut()
      },
    }
    app.start({
      timing,
      replicaKeys: mounted.keys,
      mirror: mounted.mirror,
      createBackend: this.#createBackend,
      isOnline: () => !this.network.isOffline,
      newId: this.#random.uuid,
      notify: (name, body) => {
        if (name === 'session.state' && this.#worker?.app === app) this.#state = body as SessionState
      },
      reportBug: (error) => this.bugs.push(error),
    })
    this.#state = await this.ask('app.open', { config: this.#config })
    return this.#state.kind === 'signedOut' ? this.signIn() : this.#state
  }

  /** Signs in; without a network nothing changes. */
  async signIn(): Promise<SessionState> {
    const { email, password } = this.person
    const answer = await this.ask('session.signIn', { email, password })
    if (answer.ok) this.#state = answer.value
    return this.#state
  }

  /** Asks the worker, through the contract. */
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    if (this.#worker === null) throw new Error(`${this.person.email}: the lid is closed`)
    return this.#worker.app.ask(name, input)
  }

  status(): Promise<SyncStatus> {
    return this.ask('sync.status', null)
  }

  /** What the app says it does; `stopped` while it is not running. */
  async phase(): Promise<SyncStatus['phase']> {
    return this.#worker === null ? { kind: 'stopped' } : (await this.status()).phase
  }

  /** The lid closes in order. */
  async shut(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.app.stop().catch(ignoreStorage)
    worker?.cut()
  }

  /** The process is gone in the middle of whatever it does: only what is on the disk is left. */
  kill(): Promise<void> {
    const worker = this.#worker
    if (worker === null) return this.#dying
    this.#worker = null
    worker.cut()
    // Only so that RxDB forgets the name: the disk is cut off, nothing can be written any more.
    const end = worker.app.stop().catch(() => undefined)
    this.#dying = Promise.race([end, dead(DEATH_MS, `${this.person.email}: a killed worker did not end`)])
    return this.#dying
  }

  /** Time passes here. */
  advance(ms: number): void {
    if (this.isOpen) this.clock.advance(ms)
    else this.clock.jump(ms)
  }

  setOffline(isOffline: boolean): void {
    this.network.isOffline = isOffline
    this.#worker?.app.setOffline(isOffline)
  }

  /** The machine sleeps: connections die, the wall clock goes on. */
  sleep(ms: number): void {
    this.network.cut()
    this.clock.jump(ms)
  }

  /** What is stored, read past the app while the lid is closed. Null: there is no replica. */
  async readStored<T>(work: (replica: LocalReplica) => Promise<T>): Promise<T | null> {
    if (this.isOpen) throw new Error('Close the lid first')
    await this.#dying
    const { api, cut, ...place } = this.disk.mount()
    try {
      const { id: userId, companyId } = this.person
      const stored = await api.indexedDB.databases()
      if (!stored.some(({ name }) => name?.includes(`replica-${userId}-${companyId}`))) return null
      const replica = await openReplica({ ...api, ...place, userId, companyId })
      return await work(replica).finally(() => replica.close())
    } finally {
      cut()
    }
  }

  /** Where the replica lies, for tools that open it on another storage. The lid must be closed; call `cut` at the end. */
  mountPlace(): ReplicaPlace & { readonly cut: () => void } {
    const { api, ...place } = this.disk.mount()
    const { id: userId, companyId } = this.person
    return { ...api, ...place, userId, companyId }
  }

  readonly #createBackend: typeof createSupabaseBackend = (config, secrets) => {
    const backend = createSupabaseBackend(config, secrets, this.network.fetch)
    return { ...backend, hintsFor: (userId) => this.#deafened(backend.hintsFor(userId)) }
  }

  #deafened(source: HintSource): HintSource {
    return {
      open: (companyId, listener) =>
        source.open(companyId, { ...listener, onHint: () => (this.isDeaf ? undefined : listener.onHint()) }),
    }
  }
}

/** A disk may fail while the lid closes: nobody is there to be told. */
function ignoreStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error
}

async function dead(ms: number, message: string): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
  throw new Error(message)
}
