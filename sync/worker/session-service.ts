import { StorageError } from '#database/local/storage-error.ts'
import { openVault, type Vault } from '#database/local/vault.ts'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { CompanyChoice, Handover, HandoverFile } from '#shared/replica-api/handover.ts'
import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import { HandoverService } from '../handover/handover-service.ts'
import type { Backend } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { forgetCompany } from './forget-company.ts'
import { type KnownUser, readStoredConfig, writeStoredConfig } from './known-user.ts'
import { leaveLostCompany } from './leave-lost-company.ts'
import { loadWorkspace } from './open-company.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import type { ReplicaHost } from './replica-host.ts'
import { loadReplicas, ReplicaShelf } from './replica-shelf.ts'
import { type OnPreview, Session } from './session.ts'
import { type Credentials, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { companyChoices, switchCompany } from './switch-company.ts'

/** What is there once the storage is open. */
interface Opened {
  readonly shelf: ReplicaShelf
  readonly session: Session
}

/** What a request about hand-overs works with. */
interface OfHandovers {
  readonly session: Session
  readonly userId: string
  readonly vault: Vault
  readonly service: HandoverService
}

/** The answer to everything while nobody is signed in. */
export const NOT_SIGNED_IN = fail('signed_out', 'Sign in first.')
const NO_ANSWER = fail('unreachable', 'The server does not answer. Check your network, then try again.')

/** The requests about session, companies and hand-overs. They run one after the other. */
export class SessionService {
  readonly #host: ReplicaHost
  #tail: Promise<unknown> = Promise.resolve()
  #release: (() => void) | null = null
  #opened: Opened | null = null
  #backend: Backend | null = null
  #config: BackendConfig | null = null
  #opening: Promise<unknown> | null = null
  /** What the opening under way without a new address answers first; null: there is none. */
  #begun: Promise<SessionState> | null = null

  constructor(host: ReplicaHost) {
    this.#host = host
  }

  /** The open workspace, or null while nobody is signed in. */
  get workspace(): OpenWorkspace | null {
    return this.#opened?.session.workspace ?? null
  }

  /** The opening under way whose list can be seen already; null: nothing is being opened. */
  get opening(): Promise<unknown> | null {
    return this.#opening
  }

  /** Opens what is stored here before anybody asks. Whoever asks meanwhile is answered with this opening. */
  begin(): void {
    this.open(null)
      // While somebody types their password there is time to load what they need then.
      .then(({ kind }) => (kind === 'signedOut' ? loadOpening() : null))
      // A fault shows again to whoever asks.
      .catch(() => undefined)
  }

  /**
   * Opens what is stored here, with the backend's address as far as it is known. Resolves as soon as
   * there is a list to show; notices tell when the rest is there, or what came of it.
   */
  open(config: BackendConfig | null): Promise<SessionState> {
    if (config !== null) return this.#openFirst(config)
    if (this.#begun !== null) return this.#begun
    const over = () => {
      this.#begun = null
    }
    const begun = this.#openFirst(null, over)
    this.#begun = begun
    return begun
  }

  /** Rows that can be shown before the workspace is open; null: they can't. */
  previewWindow(query: ListQuery, offset: number, limit: number): Omit<ListWindow, 'tookMs'> | null {
    return this.#opened?.session.previewWindow(query, offset, limit) ?? null
  }

  /** Signs in and opens the user's replica. Needs the network. */
  signIn(credentials: Credentials): Promise<Result<SessionState>> {
    return this.#guarded(async () => {
      if (this.#opened === null) return fail('not_open', 'The app is still starting. Try again.')
      if (this.#backend === null || !(await this.#opened.session.hasLeft())) return NO_ANSWER
      return signIn(this.#opened.session, this.#opened.shelf, this.#backend, credentials)
    })
  }

  /** Sets another password, for whoever knows the present one. */
  changePassword(current: string, next: string): Promise<Result<null>> {
    return this.#online(async ({ user, backend }) => {
      const changed = await backend.changePassword(user.email, current, next)
      // Whoever says their password anew is in another session, whatever the server makes of the next one.
      this.workspace?.sync.start()
      return changed
    })
  }

  /** Joins the company of an invitation and opens it. */
  acceptInvitation(code: string): Promise<Result<SessionState>> {
    return this.#online(async ({ user, backend, opened: { session, shelf } }) => {
      const joined = await acceptInvitation(backend.transportFor(user.id), code)
      return joined.ok ? switchCompany(session, shelf, backend, joined.value.companyId) : joined
    })
  }

  /** Removes the open company's replica from this machine and opens another company. */
  forgetCompany(discardUnsent: boolean): Promise<Result<null>> {
    return this.#guarded(async () => {
      if (this.#opened === null) return NOT_SIGNED_IN
      return forgetCompany(this.#opened.session, this.#opened.shelf, discardUnsent)
    })
  }

  /** Signs out and removes the user's replicas from this machine. Fails with `unsent`. */
  signOut(discardUnsent: boolean): Promise<Result<null>> {
    return this.#guarded(async () => {
      if (this.#opened === null) return ok(null)
      return signOut(this.#opened.session, this.#opened.shelf, discardUnsent)
    })
  }

  /** Closes everything, keeping what is stored. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#opened?.session.close()
      } finally {
        // Whatever failed: the next worker must not be kept out.
        this.#opened?.shelf.close()
        this.#opened = null
        this.#release?.()
        this.#release = null
      }
    })
  }

  /** The companies to switch between. */
  companies(): Promise<CompanyChoice[]> {
    return this.#inTurn(async () => {
      if (this.#opened === null) return []
      return companyChoices(this.#opened.session, this.#opened.shelf)
    })
  }

  /** Opens another company of the user; the server is asked only for one that was never heard of. */
  switchCompany(companyId: string): Promise<Result<SessionState>> {
    return this.#guarded(async () => {
      if (this.#opened === null) return NOT_SIGNED_IN
      return switchCompany(this.#opened.session, this.#opened.shelf, this.#backend, companyId)
    })
  }

  /** Gives up a locked replica and starts it anew. */
  startAfresh(): Promise<Result<SessionState>> {
    return this.#guarded(async () => this.#opened?.session.startAfresh() ?? NOT_SIGNED_IN)
  }

  /** Unsent changes of companies that the user lost. */
  handovers(): Promise<Handover[]> {
    return this.#inTurn(async () => {
      const parts = this.#handovers()
      return parts?.service.list(parts.userId, this.workspace?.workspace.companyId ?? null) ?? []
    })
  }

  /** A hand-over as a file. */
  saveHandover(id: string): Promise<Result<HandoverFile>> {
    return this.#withHandovers(({ service, userId }) => service.save(userId, id))
  }

  /** Removes a hand-over. Where the user has lost their company, the session goes on in another one, or ends. */
  discardHandover(id: string): Promise<Result<null>> {
    return this.#withHandovers(async ({ service, userId, session, vault }) => {
      const done = await service.discard(userId, id)
      if (done.ok && session.lost?.id === id) await leaveLostCompany(session, vault)
      return done
    })
  }

  /** Puts a hand-over back into the outbox of the open company. */
  requeueHandover(id: string): Promise<Result<{ queued: number; left: number }>> {
    return this.#withHandovers(({ service, userId, session: { workspace } }) => {
      const target = workspace && {
        companyId: workspace.workspace.companyId,
        requeue: workspace.requeue.bind(workspace),
      }
      return service.requeue(userId, id, target)
    })
  }

  async #openFirst(config: BackendConfig | null, onOver = () => {}): Promise<SessionState> {
    const { notify } = this.#host
    const preview = Promise.withResolvers<SessionState>()
    const opening = this.#inTurn(async () => {
      try {
        return await this.#open(config, preview.resolve)
      } catch (error) {
        if (error instanceof StorageError) return unavailable(error.code, error.message)
        if (error instanceof SyncError) return unavailable(error.toAppError().code, error.message)
        throw error
      } finally {
        onOver()
      }
    })
    const first = await Promise.race([opening, preview.promise])
    if (this.#opened?.session.workspace === null && first.kind === 'signedIn') {
      this.#opening = opening
      const over = () => {
        this.#opening = null
      }
      opening.then(over, over)
      opening.then((state) => {
        notify('session.state', state)
        notify('customers.changed', { ids: null })
      }, this.#host.reportBug)
    }
    return first
  }

  async #open(config: BackendConfig | null, onPreview: OnPreview): Promise<SessionState> {
    const { indexedDb, acquireLock } = this.#host
    if (indexedDb === null) return unavailable('storage_refused', new StorageError('storage_refused', null).message)
    this.#release ??= await acquireLock()
    if (this.#release === null) {
      return unavailable(
        'open_elsewhere',
        'The app is open in another window. Use that one, or close it and try again.',
      )
    }
    if (this.#opened === null) {
      const shelf = new ReplicaShelf(this.#host, indexedDb, await openVault(indexedDb), (run) => this.#inTurn(run))
      this.#opened = { shelf, session: this.#newSession(shelf) }
    }
    const { shelf, session } = this.#opened
    await this.#adoptConfig(shelf, config)
    return session.restore(onPreview)
  }

  #newSession(shelf: ReplicaShelf): Session {
    return new Session({
      host: this.#host,
      shelf,
      backend: () => this.#backend,
      inTurn: (run) => this.#inTurn(run),
    })
  }

  async #adoptConfig({ vault }: ReplicaShelf, given: BackendConfig | null): Promise<void> {
    if (given !== null) await writeStoredConfig(vault, given)
    const config = given ?? (await readStoredConfig(vault))
    if (config === null || JSON.stringify(config) === JSON.stringify(this.#config)) return
    this.#config = config
    this.#backend = this.#host.createBackend(config, this.#host.secrets ?? vault)
    // The address may come after the replica: what waits for a server need not wait longer.
    this.workspace?.sync.networkChanged()
  }

  /** Null while nobody is signed in. */
  #handovers(): OfHandovers | null {
    const { shelf, session } = this.#opened ?? {}
    if (shelf === undefined || session === undefined || session.user === null) return null
    return {
      session,
      userId: session.user.id,
      vault: shelf.vault,
      service: new HandoverService(shelf.handovers, this.#host.newId),
    }
  }

  #withHandovers<T>(run: (parts: OfHandovers) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#guarded(async () => {
      const parts = this.#handovers()
      return parts === null ? NOT_SIGNED_IN : run(parts)
    })
  }

  /** In turn, for who is signed in, when the server's address is known. */
  #online<T>(
    run: (parts: { user: KnownUser; backend: Backend; opened: Opened }) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.#guarded(async () => {
      const user = this.#opened?.session.user ?? null
      if (this.#opened === null || user === null) return NOT_SIGNED_IN
      if (this.#backend === null) return NO_ANSWER
      return run({ user, backend: this.#backend, opened: this.#opened })
    })
  }

  /** In turn, with what the storage or the server refuses as a value. */
  #guarded<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#inTurn(async () => {
      try {
        return await run()
      } catch (error) {
        if (error instanceof StorageError) {
          await this.#opened?.session.resume()
          return fail(error.code, error.message)
        }
        if (error instanceof SyncError) return { ok: false, error: error.toAppError() }
        throw error
      }
    })
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(run)
    this.#tail = turn.catch(() => undefined)
    return turn
  }
}

/** The code that opens a replica. */
function loadOpening(): Promise<unknown> {
  return Promise.all([loadReplicas(), loadWorkspace()])
}

function unavailable(code: AppError['code'], message: string): SessionState {
  return { kind: 'unavailable', error: { code, message } }
}
