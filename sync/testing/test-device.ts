import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { IndexedDbApi } from '#database/local/open-replica.ts'
import type { RequestInput, RequestName, RequestOutput } from '#shared/replica-api/contract.ts'
import { replicaRequests } from '#shared/replica-api/contract.ts'
import type { SyncStatus } from '#shared/replica-api/sync-status.ts'
import { CustomerSearchIndex } from '#shared/search/customer-search-index.ts'
import { fail, ok } from '#shared/util/result.ts'
import type { Backend, CreateBackend } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { createReplica, type Replica } from '../worker/create-replica.ts'
import { type FakeServer, type FakeUser, FlakyTransport } from './fake-server.ts'

/** A notice as the UI would have received it. */
export interface ReceivedNotice {
  readonly name: string
  readonly body: unknown
}

const CONFIG = { supabaseUrl: 'http://server.example', publishableKey: 'public' }

/** A laptop: its disk, its clock, its network, and the replica worker that runs on it. */
export class TestDevice {
  readonly disk: IndexedDbApi
  readonly server: FakeServer
  readonly notices: ReceivedNotice[] = []
  readonly bugs: unknown[] = []
  /** Added to the real clock, in milliseconds. */
  clockOffset = 0
  online = true
  transport: FlakyTransport | null = null
  createBackend: CreateBackend
  #replica: Replica | null = null

  constructor(server: FakeServer, disk: IndexedDbApi = { indexedDB: new IDBFactory(), IDBKeyRange }) {
    this.server = server
    this.disk = disk
    this.createBackend = () => this.#fakeBackend()
  }

  /** Starts the worker (after `kill`: again, on the same disk). */
  start(): void {
    this.#replica = createReplica({
      indexedDb: this.disk,
      acquireLock: async () => () => undefined,
      secrets: null,
      createBackend: (config, secrets) => this.createBackend(config, secrets),
      createSearch: () => new CustomerSearchIndex(),
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
      notify: (name, body) => this.notices.push({ name, body: structuredClone(body) }),
      reportBug: (error) => this.bugs.push(error),
    })
  }

  /** Asks as the UI does: through the schemas of the contract, in and out. */
  async ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    if (this.#replica === null) throw new Error('Not started')
    const output = await this.#replica.handle(name, structuredClone(input))
    return replicaRequests[name].output.parse(structuredClone(output)) as RequestOutput<N>
  }

  /** Starts, opens and signs in. */
  async signIn(user: FakeUser): Promise<void> {
    if (this.#replica === null) this.start()
    await this.ask('app.open', { config: CONFIG })
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
    if (this.transport !== null) this.transport.offline = offline
    this.#replica?.networkChanged()
  }

  /** Waits until the status is as wanted; fails after five seconds with the status it got stuck at. */
  async until(what: (status: SyncStatus) => boolean): Promise<SyncStatus> {
    const end = performance.now() + 5_000
    for (;;) {
      const status = await this.ask('sync.status', null)
      if (what(status)) return status
      if (performance.now() > end) throw new Error(`Stuck at ${JSON.stringify(status)}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  /** Syncs and waits until nothing waits and a round has ended. */
  async synced(): Promise<SyncStatus> {
    const before = (await this.ask('sync.status', null)).lastSyncAt
    await this.ask('sync.now', null)
    return this.until(
      (status) => status.phase.kind === 'upToDate' && status.waiting === 0 && status.lastSyncAt !== before,
    )
  }

  #fakeBackend(): Backend {
    let user: FakeUser | undefined
    const transport = new FlakyTransport({
      pull: (...args) => this.server.transportFor(signedIn()).pull(...args),
      push: (...args) => this.server.transportFor(signedIn()).push(...args),
      companies: () => this.server.transportFor(signedIn()).companies(),
    })
    const signedIn = () => {
      user ??= this.server.users.find((candidate) => candidate.email === this.#session)
      if (user === undefined) throw new SyncError('auth', 'Sign in again.')
      return user
    }
    transport.offline = !this.online
    this.transport = transport
    return {
      transport,
      signIn: async (email, password) => {
        if (!this.online) return fail('unreachable', 'The server does not answer.')
        user = this.server.users.find((candidate) => candidate.email === email && candidate.password === password)
        if (user === undefined) return fail('wrong_password', 'The email address or the password is not right.')
        this.#session = user.email
        return ok({ id: user.id, email: user.email, name: user.name })
      },
      signOut: async () => {
        user = undefined
        this.#session = null
      },
    }
  }

  /** The session as the secret store keeps it between starts. */
  #session: string | null = null
}
