import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { IndexedDbApi } from '#database/local/open-replica.ts'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { RequestInput, RequestName, RequestOutput } from '#shared/replica-api/contract.ts'
import { replicaRequests } from '#shared/replica-api/contract.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import { fail, ok } from '#shared/util/result.ts'
import type { Backend, CreateBackend } from '../replication/backend.ts'
import type { HintSource } from '../replication/hints.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import { createReplica, type Replica } from '../worker/create-replica.ts'
import type { ReplicaHost } from '../worker/replica-host.ts'
import type { FakeUser } from './fake-server.ts'
import { FlakyNetwork } from './flaky-network.ts'

/** A notice as the UI would have received it. */
export interface ReceivedNotice {
  readonly name: string
  readonly body: unknown
}

/** What makes a device: by default a fresh disk. */
export interface TestDeviceOptions {
  readonly createBackend: CreateBackend
  readonly config?: BackendConfig
  readonly disk?: IndexedDbApi
  /** Parts of the platform that are replaced at every start. */
  readonly platform?: Partial<ReplicaHost>
}

/**
 * A laptop: its disk, its clock, its network, and the replica worker that runs on it. RxDB's Dexie
 * storage shares open databases by name within a process: two devices at a time need two users.
 */
export class TestDevice {
  readonly disk: IndexedDbApi
  readonly notices: ReceivedNotice[] = []
  /** Emits each notice by its name. Whoever awaits one goes on before the worker's next step. */
  readonly told = new EventTarget()
  readonly bugs: unknown[] = []
  /** Added to the real clock, in milliseconds. */
  clockOffset = 0
  online = true
  /** The way to the server, to be cut or made flaky; known after `start`. */
  network: FlakyNetwork | null = null
  readonly #createBackend: CreateBackend
  readonly #config: BackendConfig
  readonly #platform: Partial<ReplicaHost>
  #replica: Replica | null = null

  constructor(options: TestDeviceOptions) {
    this.disk = options.disk ?? { indexedDB: new IDBFactory(), IDBKeyRange }
    this.#config = options.config ?? { supabaseUrl: 'http://server.example', publishableKey: 'public' }
    this.#createBackend = options.createBackend
    this.#platform = options.platform ?? {}
  }

  /** Starts the worker (after `stop`: again, on the same disk), with parts of the platform replaced. */
  start(platform: Partial<ReplicaHost> = {}): void {
    this.#replica = createReplica({
      indexedDb: this.disk,
      acquireLock: async () => () => undefined,
      secrets: null,
      createBackend: (config, secrets) => this.#behindNetwork(this.#createBackend(config, secrets)),
      deviceName: 'Test laptop',
      timing: {
        now: () => Date.now() + this.clockOffset,
        after: (ms, run) => {
          const timer = setTimeout(run, ms)
          return () => clearTimeout(timer)
        },
        random: () => 0,
      },
      newId: () => crypto.randomUUID(),
      isOnline: () => this.online,
      notify: (name, body) => {
        this.notices.push({ name, body: structuredClone(body) })
        this.told.dispatchEvent(new Event(name))
      },
      reportBug: (error) => this.bugs.push(error),
      ...this.#platform,
      ...platform,
    })
  }

  /** Asks as the UI does: through the schemas of the contract, in and out. */
  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    if (this.#replica === null) throw new Error('Not started')
    const output = await this.#replica.handle(name, structuredClone(input))
    return replicaRequests[name].output.parse(structuredClone(output)) as RequestOutput<N>
  }

  /** Starts, opens and signs in. */
  async signIn(user: Pick<FakeUser, 'email' | 'password'>): Promise<void> {
    if (this.#replica === null) this.start()
    await this.ask('app.open', { config: this.#config })
    const answer = await this.ask('session.signIn', { email: user.email, password: user.password })
    if (!answer.ok) throw new Error(answer.error.message)
  }

  /** Ends the worker and starts another on the same disk, without a word from the server's address. */
  async restart(): Promise<RequestOutput<'app.open'>> {
    await this.stop()
    this.start()
    return this.ask('app.open', { config: null })
  }

  /** Ends the worker; the disk stays. */
  async stop(): Promise<void> {
    await this.#replica?.close()
    this.#replica = null
  }

  setOffline(offline: boolean): void {
    this.online = !offline
    if (this.network !== null) this.network.offline = offline
    this.#replica?.networkChanged()
  }

  /** Waits until the status is as wanted; fails in time with the status it got stuck at. */
  async until(what: (status: SyncStatus) => boolean, timeoutMs = 15_000): Promise<SyncStatus> {
    const end = performance.now() + timeoutMs
    for (;;) {
      const status = await this.ask('sync.status', null)
      if (what(status)) return status
      if (performance.now() > end) throw new Error(`Stuck at ${JSON.stringify(status)}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** Waits until a push and a pull that began after this call are done, and nothing waits. */
  async synced(timeoutMs = 15_000): Promise<SyncStatus> {
    // Rounds follow each other: when the second pull begins, a push has begun and a pull has ended since.
    for (let more = 0; more < 2; more += 1) {
      const before = this.network?.pulls ?? 0
      await this.ask('sync.now', null)
      await this.until(() => (this.network?.pulls ?? 0) > before, timeoutMs)
    }
    return this.until((status) => status.phase.kind === 'upToDate' && status.waiting === 0, timeoutMs)
  }

  #behindNetwork(backend: Backend): Backend {
    const network = new FlakyNetwork()
    network.offline = !this.online
    this.network = network
    return { ...backend, transportFor: (userId) => network.over(backend.transportFor(userId)) }
  }
}

/** Who may sign in to a fake server, and what they may ask then. */
interface FakeUsers {
  readonly users: readonly FakeUser[]
  readonly hints: HintSource
  transportFor(user: FakeUser): Transport
}

/** A backend over the fake server. It remembers who signed in, as the real one does by its secrets. */
export function fakeBackend(server: FakeUsers): CreateBackend {
  return (_config, secrets) => {
    async function as(userId: string): Promise<Transport> {
      const email = await secrets.get('session')
      const user = server.users.find((candidate) => candidate.email === email)
      if (user?.id !== userId) throw new SyncError('auth', 'Sign in again.')
      return server.transportFor(user)
    }
    return {
      transportFor: (userId) => ({
        pull: async (...args) => (await as(userId)).pull(...args),
        push: async (...args) => (await as(userId)).push(...args),
        pushRecords: async (...args) => (await as(userId)).pushRecords(...args),
        companies: async () => (await as(userId)).companies(),
        registerDevice: async (...args) => (await as(userId)).registerDevice(...args),
        ask: async (...args) => (await as(userId)).ask(...args),
        acknowledgeErasure: async (...args) => (await as(userId)).acknowledgeErasure(...args),
      }),
      hintsFor: () => server.hints,
      signIn: async (email, password) => {
        const user = server.users.find((candidate) => candidate.email === email && candidate.password === password)
        if (user === undefined) return fail('wrong_password', 'The email address or the password is not right.')
        await secrets.set('session', user.email)
        return ok({ id: user.id, email: user.email, name: user.name })
      },
      changePassword: async (email, current, next) => {
        const user = server.users.find((candidate) => candidate.email === email)
        if (user?.password !== current) return fail('wrong_password', 'This is not your password.', 'current')
        if (next === current) return fail('weak_password', 'This is the password you have.', 'next')
        user.password = next
        return ok(null)
      },
      signOut: () => secrets.remove('session'),
    }
  }
}
