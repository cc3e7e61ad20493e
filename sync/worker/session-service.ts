import { type IndexedDbApi, type LocalReplica, openReplica, removeReplica } from '#database/local/open-replica.ts'
import type { ReplicaKeys } from '#database/local/replica-keys.ts'
import { StorageError } from '#database/local/storage-error.ts'
import { openVault, type Vault } from '#database/local/vault.ts'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import type { Backend, CreateBackend, SecretStore, SignedInUser } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Timing } from '../replication/timing.ts'
import type { CustomerSearch } from './customer-table.ts'
import {
  type KnownUser,
  readKnownUser,
  readLeaving,
  readStoredConfig,
  writeKnownUser,
  writeLeaving,
  writeStoredConfig,
} from './known-user.ts'
import { type Notify, OpenWorkspace } from './open-workspace.ts'

/** Everything of the platform that the replica needs, handed in: under test it is all fake. */
export interface ReplicaHost {
  /** Null where the platform has no IndexedDB. */
  readonly indexedDb: IndexedDbApi | null
  /** Resolves to what releases the lock, or null when another window or worker holds it. */
  readonly acquireLock: () => Promise<(() => void) | null>
  /** Where the keys of the replicas lie; absent: they are not encrypted. */
  readonly replicaKeys?: ReplicaKeys
  /** Where session secrets lie; null: in the vault. */
  readonly secrets: SecretStore | null
  readonly createBackend: CreateBackend
  readonly createSearch: () => CustomerSearch
  readonly timing: Timing
  readonly newId: () => string
  readonly isOnline: () => boolean
  readonly notify: Notify
  readonly reportBug: (error: unknown) => void
}

const SIGNED_OUT: SessionState = { kind: 'signedOut' }

/** Who is signed in, and the workspace that is open for them. Its requests run one after the other. */
export class SessionService {
  readonly #host: ReplicaHost
  #tail: Promise<unknown> = Promise.resolve()
  #release: (() => void) | null = null
  #vault: Vault | null = null
  #backend: Backend | null = null
  #config: BackendConfig | null = null
  #user: KnownUser | null = null
  #workspace: OpenWorkspace | null = null

  constructor(host: ReplicaHost) {
    this.#host = host
  }

  /** The open workspace, or null while nobody is signed in. */
  get workspace(): OpenWorkspace | null {
    return this.#workspace
  }

  /** Opens what is stored here, with the backend's address as far as it is known. */
  open(config: BackendConfig | null): Promise<SessionState> {
    return this.#inTurn(() => this.#open(config))
  }

  /** Signs in and opens the user's replica. Needs the network. */
  signIn(email: string, password: string): Promise<Result<SessionState>> {
    return this.#inTurn(async () => {
      try {
        return await this.#signIn(email, password)
      } catch (error) {
        if (error instanceof StorageError) return fail(error.code, error.message)
        if (error instanceof SyncError) return { ok: false, error: error.toAppError() }
        throw error
      }
    })
  }

  /** Signs out and removes the user's replica from this machine. */
  signOut(discardUnsent: boolean): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const workspace = this.#workspace
      const vault = this.#vault
      let unsent = 0
      try {
        await workspace?.remove(async () => {
          unsent = discardUnsent ? 0 : workspace.unsent()
          if (unsent > 0) return false
          // Noted first: what a crash leaves half removed, with a checkpoint for rows that are gone, nobody may open.
          if (vault !== null) await writeLeaving(vault, this.#user)
          return true
        })
        if (unsent > 0) {
          const changes = unsent === 1 ? '1 change exists' : `${unsent} changes exist`
          return fail('unsent', `${changes} only on this computer. Send them first, or sign out without them.`)
        }
        this.#forget()
        if (vault !== null) await this.#leave(vault)
      } catch (error) {
        if (error instanceof StorageError) return fail(error.code, error.message)
        throw error
      }
      this.#host.notify('session.state', SIGNED_OUT)
      return ok(null)
    })
  }

  /** Closes everything, keeping what is stored. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#workspace?.close()
      this.#forget()
      this.#vault?.close()
      this.#vault = null
      this.#release?.()
      this.#release = null
    })
  }

  async #open(config: BackendConfig | null): Promise<SessionState> {
    const { indexedDb, acquireLock } = this.#host
    if (indexedDb === null) return unavailable('storage_refused', new StorageError('storage_refused', null).message)
    this.#release ??= await acquireLock()
    if (this.#release === null) {
      return unavailable(
        'open_elsewhere',
        'The app is open in another window. Use that one, or close it and try again.',
      )
    }
    try {
      this.#vault ??= await openVault(indexedDb)
      await this.#adoptConfig(this.#vault, config)
      if (this.#workspace !== null) return this.#state()
      const leaving = await readLeaving(this.#vault)
      if (leaving !== null) {
        const { replicaKeys: keys } = this.#host
        await removeReplica({ ...indexedDb, keys, userId: leaving.id, companyId: leaving.companyId })
        await this.#leave(this.#vault)
      }
      const user = await readKnownUser(this.#vault)
      if (user === null) return SIGNED_OUT
      return await this.#openWorkspace(indexedDb, user, null)
    } catch (error) {
      if (error instanceof StorageError) return unavailable(error.code, error.message)
      throw error
    }
  }

  /** The rest of a sign-out, when the replica is removed. The note goes last: until then the next start does it all again. */
  async #leave(vault: Vault): Promise<void> {
    await writeKnownUser(vault, null)
    await this.#backend?.signOut()
    await writeLeaving(vault, null)
  }

  async #adoptConfig(vault: Vault, given: BackendConfig | null): Promise<void> {
    if (given !== null) await writeStoredConfig(vault, given)
    const config = given ?? (await readStoredConfig(vault))
    if (config === null || JSON.stringify(config) === JSON.stringify(this.#config)) return
    this.#config = config
    this.#backend = this.#host.createBackend(config, this.#host.secrets ?? vault)
  }

  async #signIn(email: string, password: string): Promise<Result<SessionState>> {
    const { indexedDb } = this.#host
    if (indexedDb === null || this.#vault === null) return fail('not_open', 'The app is still starting. Try again.')
    if (this.#backend === null) {
      return fail('unreachable', 'The server does not answer. Check your network, then try again.')
    }
    const signedIn = await this.#backend.signIn(email, password)
    if (!signedIn.ok) return signedIn
    const companies = await this.#backend.transportFor(signedIn.value.id).companies()
    const before = await readKnownUser(this.#vault)
    // Where this user was before: edits may wait in that replica.
    const company =
      companies.find(({ companyId }) => before?.id === signedIn.value.id && companyId === before.companyId) ??
      companies[0]
    if (company === undefined) {
      await this.#backend.signOut()
      return fail('no_company', 'Your account belongs to no company yet. Ask an owner of your company to add you.')
    }
    const user = knownUser(signedIn.value, company)
    if (this.#workspace !== null && this.#user?.id === user.id && this.#user.companyId === user.companyId) {
      // The same person again, after their session had ended: the replica stays open, with all its edits.
      this.#workspace.startSync()
      return ok(this.#state())
    }
    await this.#workspace?.close()
    this.#forget()
    const state = await this.#openWorkspace(indexedDb, user, company)
    if (state.kind === 'unavailable') return { ok: false, error: state.error }
    await writeKnownUser(this.#vault, user)
    this.#host.notify('session.state', state)
    return ok(state)
  }

  async #openWorkspace(indexedDb: IndexedDbApi, user: KnownUser, company: Workspace | null): Promise<SessionState> {
    const { timing, newId, isOnline, notify, reportBug, createSearch, replicaKeys } = this.#host
    const place = { ...indexedDb, keys: replicaKeys, userId: user.id, companyId: user.companyId }
    const replica: LocalReplica = await openReplica(place)
    try {
      this.#workspace = await OpenWorkspace.open({
        replica,
        user,
        workspace: company,
        transport: () => this.#backend?.transportFor(user.id) ?? null,
        hints: () => this.#backend?.hintsFor(user.id) ?? null,
        timing,
        newId,
        isOnline,
        notify,
        reportBug,
        search: createSearch(),
        onWorkspace: () => notify('session.state', this.#state()),
      })
    } catch (error) {
      await replica.close()
      throw error
    }
    if (this.#workspace === null) {
      await replica.close()
      return SIGNED_OUT
    }
    this.#user = user
    this.#workspace.startSync()
    return this.#state()
  }

  #state(): SessionState {
    if (this.#user === null || this.#workspace === null) return SIGNED_OUT
    const { id, email, name } = this.#user
    return { kind: 'signedIn', user: { id, email, name }, workspace: this.#workspace.workspace }
  }

  #forget(): void {
    this.#workspace = null
    this.#user = null
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(run)
    this.#tail = turn.catch(() => undefined)
    return turn
  }
}

function unavailable(code: AppError['code'], message: string): SessionState {
  return { kind: 'unavailable', error: { code, message } }
}

/** The company knows people by the name it gave them; else the account's own, else the address. */
function knownUser(user: SignedInUser, company: Workspace): KnownUser {
  const member = company.members.find((other) => other.userId === user.id)
  return { id: user.id, email: user.email, name: member?.name ?? user.name ?? user.email, companyId: company.companyId }
}
