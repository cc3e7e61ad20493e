import { type IndexedDbApi, type LocalReplica, openReplica, removeReplica } from '#database/local/open-replica.ts'
import type { ReplicaKeys } from '#database/local/replica-keys.ts'
import { StorageError } from '#database/local/storage-error.ts'
import { openVault, type Vault } from '#database/local/vault.ts'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { CompanyChoice, Handover, HandoverFile } from '#shared/replica-api/handover.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { type AppError, fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverContents } from '../handover/handover-contents.ts'
import { HandoverService } from '../handover/handover-service.ts'
import { type HandoverNote, HandoverVault } from '../handover/handover-vault.ts'
import { purgeReplica } from '../handover/purge-replica.ts'
import type { Backend, CreateBackend, SecretStore, SignedInUser } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Timing } from '../replication/timing.ts'
import { checkAccess } from './access-check.ts'
import type { CustomerSearch } from './customer-table.ts'
import {
  forgetReplica,
  type KnownReplica,
  noteReplica,
  readCompanies,
  readReplicas,
  writeCompanies,
} from './known-replicas.ts'
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
const NOT_SIGNED_IN = fail('signed_out', 'Sign in first.')

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
  #handovers: HandoverVault | null = null
  /** Set while the user has lost their company and has not gone on yet. */
  #lost: HandoverNote | null = null

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
    return this.#guarded(() => this.#signIn(email, password))
  }

  /** Signs out and removes the user's replica from this machine. */
  signOut(discardUnsent: boolean): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const workspace = this.#workspace
      const vault = this.#vault
      if (workspace === null && vault !== null && this.#user !== null) await writeLeaving(vault, this.#user)
      let unsent = 0
      try {
        await workspace?.remove(async () => {
          unsent = discardUnsent ? 0 : workspace.unsent() + workspace.status().elsewhere
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
      if (this.#vault !== null) await this.#closeWorkspace(this.#vault)
      this.#forget()
      this.#vault?.close()
      this.#vault = null
      this.#handovers = null
      this.#release?.()
      this.#release = null
    })
  }

  /** The companies to switch between. */
  companies(): Promise<CompanyChoice[]> {
    return this.#inTurn(async () => {
      if (this.#vault === null || this.#user === null) return []
      const { id, companyId: open } = this.#user
      const replicas = await readReplicas(this.#vault, id)
      return (await readCompanies(this.#vault, id)).map(({ companyId, companyName }) => {
        const isOpen = this.#workspace !== null && companyId === open
        const unsent = isOpen ? 0 : (replicas.find((replica) => replica.companyId === companyId)?.unsent ?? 0)
        return { companyId, companyName, isOpen, unsent }
      })
    })
  }

  /** Opens another company of the user; the server is asked only for one that was never heard of. */
  switchCompany(companyId: string): Promise<Result<SessionState>> {
    return this.#guarded(async () => {
      const { indexedDb } = this.#host
      const vault = this.#vault
      const user = this.#user
      if (indexedDb === null || vault === null || user === null) return fail('signed_out', 'Sign in first.')
      if (this.#workspace !== null && user.companyId === companyId) return ok(this.#state())
      let companies = await readCompanies(vault, user.id)
      if (!companies.some((company) => company.companyId === companyId) && this.#backend !== null) {
        companies = await this.#backend.transportFor(user.id).companies()
        await writeCompanies(vault, user.id, companies)
      }
      const company = companies.find((candidate) => candidate.companyId === companyId)
      if (company === undefined) return fail('no_access', 'You have no access to this company. Ask one of its owners.')
      await this.#closeWorkspace(vault)
      const name = company.members.find((member) => member.userId === user.id)?.name ?? user.name
      return this.#enter(indexedDb, vault, { ...user, name, companyId }, company)
    })
  }

  /** Unsent changes of companies that the user lost. */
  handovers(): Promise<Handover[]> {
    return this.#inTurn(async () => {
      const service = this.#handoverService()
      if (service === null || this.#user === null) return []
      return service.list(this.#user.id, this.#workspace?.workspace.companyId ?? null)
    })
  }

  /** A hand-over as a file. */
  saveHandover(id: string): Promise<Result<HandoverFile>> {
    return this.#guarded(async () => {
      const service = this.#handoverService()
      return service === null || this.#user === null ? NOT_SIGNED_IN : service.save(this.#user.id, id)
    })
  }

  /** Removes a hand-over. Where the user has lost their company, the session goes on in another one, or ends. */
  discardHandover(id: string): Promise<Result<null>> {
    return this.#guarded(async () => {
      const service = this.#handoverService()
      if (service === null || this.#user === null) return NOT_SIGNED_IN
      const done = await service.discard(this.#user.id, id)
      if (done.ok && this.#lost?.id === id) await this.#goOn()
      return done
    })
  }

  /** Puts a hand-over back into the outbox of the open company. */
  requeueHandover(id: string): Promise<Result<{ queued: number; left: number }>> {
    return this.#guarded(async () => {
      const service = this.#handoverService()
      if (service === null || this.#user === null) return NOT_SIGNED_IN
      const workspace = this.#workspace
      const companyId = workspace?.workspace.companyId
      const target =
        workspace === null || companyId === undefined ? null : { companyId, requeue: workspace.requeue.bind(workspace) }
      return service.requeue(this.#user.id, id, target)
    })
  }

  #keys(): { readonly keys?: ReplicaKeys } {
    const { replicaKeys: keys } = this.#host
    return keys === undefined ? {} : { keys }
  }

  #handoverService(): HandoverService | null {
    return this.#handovers === null ? null : new HandoverService(this.#handovers, this.#host.newId)
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
      const vault = this.#vault
      this.#handovers ??= new HandoverVault(vault, this.#host.secrets)
      if ((await readLeaving(vault)) !== null) await this.#leave(vault)
      const user = await readKnownUser(vault)
      if (user === null) return SIGNED_OUT
      await this.#finishPurges(indexedDb, vault, user)
      const lost = (await this.#handovers.of(user.id)).find((note) => note.companyId === user.companyId && !note.seen)
      if (lost === undefined) return await this.#openWorkspace(indexedDb, user, null)
      this.#user = user
      this.#lost = lost
      return this.#state()
    } catch (error) {
      if (error instanceof StorageError) return unavailable(error.code, error.message)
      throw error
    }
  }

  /** The rest of a sign-out, when the open replica is removed. The note goes last: until then the next start does it all again. */
  async #leave(vault: Vault): Promise<void> {
    const leaving = await readLeaving(vault)
    const { indexedDb } = this.#host
    if (leaving !== null && indexedDb !== null) {
      const others = await readReplicas(vault, leaving.id)
      for (const companyId of new Set([leaving.companyId, ...others.map((other) => other.companyId)])) {
        await removeReplica({ ...indexedDb, ...this.#keys(), userId: leaving.id, companyId })
        await forgetReplica(vault, { userId: leaving.id, companyId })
      }
      await writeCompanies(vault, leaving.id, [])
    }
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
    const { id } = signedIn.value
    const companies = await this.#backend.transportFor(id).companies()
    await writeCompanies(this.#vault, id, companies)
    // Where this user was before: edits may wait in that replica.
    const before = await this.#replicasOf(this.#vault, id)
    const lost = await this.#purgeLost(indexedDb, this.#vault, signedIn.value, before, companies)
    if (lost !== null) return ok(await this.#showLost(this.#vault, signedIn.value, lost))
    const there = before.find((replica) => companies.some(({ companyId }) => companyId === replica.companyId))
    const company = companies.find(({ companyId }) => companyId === there?.companyId) ?? companies[0]
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
    await this.#closeWorkspace(this.#vault)
    this.#forget()
    return this.#enter(indexedDb, this.#vault, user, company)
  }

  /** Opens a company as the one that the next start opens, too. */
  async #enter(
    indexedDb: IndexedDbApi,
    vault: Vault,
    user: KnownUser,
    company: Workspace | null,
  ): Promise<Result<SessionState>> {
    const state = await this.#openWorkspace(indexedDb, user, company)
    if (state.kind === 'unavailable') return { ok: false, error: state.error }
    await writeKnownUser(vault, user)
    for (const note of (await this.#handovers?.of(user.id)) ?? []) {
      // Access came back, or is there by now.
      if (note.companyId === user.companyId && !note.seen) await this.#handovers?.mark(note.id, { seen: true })
    }
    this.#host.notify('session.state', state)
    return ok(state)
  }

  async #openWorkspace(indexedDb: IndexedDbApi, user: KnownUser, company: Workspace | null): Promise<SessionState> {
    const { timing, newId, isOnline, notify, reportBug, createSearch } = this.#host
    const vault = this.#vault
    const place = { userId: user.id, companyId: user.companyId }
    const others = vault === null ? [] : await readReplicas(vault, user.id)
    const elsewhere = others.filter((other) => other.companyId !== user.companyId)
    const replica: LocalReplica = await openReplica({ ...indexedDb, ...this.#keys(), ...place })
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
        onCompanies: (companies) => this.#heardCompanies(user.id, companies),
        onAccessLost: (companies) => void this.#inTurn(() => this.#accessLost(user, companies)).catch(reportBug),
        elsewhere: elsewhere.reduce((sum, other) => sum + other.unsent, 0),
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
    this.#lost = null
    if (vault !== null) {
      const { companyName } = this.#workspace.workspace
      await noteReplica(vault, { ...place, companyName, unsent: this.#workspace.unsent() })
    }
    this.#workspace.startSync()
    return this.#state()
  }

  /** Closes the open workspace, if any, and notes what waits in it. */
  async #closeWorkspace(vault: Vault): Promise<void> {
    const workspace = this.#workspace
    const user = this.#user
    if (workspace === null || user === null) return
    this.#workspace = null
    await workspace.close()
    const { companyId, companyName } = workspace.workspace
    await noteReplica(vault, { userId: user.id, companyId, companyName, unsent: workspace.unsent() })
  }

  #heardCompanies(userId: string, companies: readonly Workspace[]): void {
    const vault = this.#vault
    if (vault === null) return
    // Only for switching without a network: not worth an error of its own.
    writeCompanies(vault, userId, companies).catch(() => undefined)
  }

  /** The open company is lost for certain: its replica goes, unsent work is kept, and the screen says so. */
  async #accessLost(user: KnownUser, companies: readonly Workspace[]): Promise<void> {
    const { indexedDb, notify } = this.#host
    const vault = this.#vault
    const workspace = this.#workspace
    const isOpen = this.#user?.id === user.id && this.#user.companyId === user.companyId
    if (indexedDb === null || vault === null || workspace === null || !isOpen) return
    const { companyName } = workspace.workspace
    await writeCompanies(vault, user.id, companies)
    await this.#closeWorkspace(vault)
    this.#lost = await this.#purge(indexedDb, vault, user, { id: user.companyId, name: companyName })
    notify('session.state', this.#state())
  }

  async #purge(
    indexedDb: IndexedDbApi,
    vault: Vault,
    user: SignedInUser | KnownUser,
    company: HandoverContents['company'],
  ): Promise<HandoverNote> {
    const { timing, newId } = this.#host
    const place = { userId: user.id, companyId: company.id }
    const replica = await openReplica({ ...indexedDb, ...this.#keys(), ...place })
    this.#handovers ??= new HandoverVault(vault, this.#host.secrets)
    const who = { id: user.id, name: user.name ?? user.email, email: user.email }
    const about = { id: newId(), user: who, company, lostAt: new Date(timing.now()).toISOString() }
    const note = await purgeReplica(replica, about, this.#handovers)
    await forgetReplica(vault, place)
    return note
  }

  /** What a crash left of purges: the work is kept already, the replica is to go. */
  async #finishPurges(indexedDb: IndexedDbApi, vault: Vault, user: KnownUser): Promise<void> {
    for (const { id, userId, companyId, purged } of (await this.#handovers?.of(user.id)) ?? []) {
      if (purged) continue
      await removeReplica({ ...indexedDb, ...this.#keys(), userId, companyId })
      await forgetReplica(vault, { userId, companyId })
      await this.#handovers?.mark(id, { purged: true })
    }
  }

  /** The replicas of a user on this computer; the one of an app before this list existed, too. */
  async #replicasOf(vault: Vault, userId: string): Promise<KnownReplica[]> {
    const noted = await readReplicas(vault, userId)
    const user = await readKnownUser(vault)
    const isNoted = noted.some(({ companyId }) => companyId === user?.companyId)
    if (user?.id !== userId || isNoted) return noted
    return [{ userId, companyId: user.companyId, companyName: 'your company', unsent: 0 }, ...noted]
  }

  /** Purges replicas of companies that the user no longer belongs to. Resolves to the hand-over of the last one. */
  async #purgeLost(
    indexedDb: IndexedDbApi,
    vault: Vault,
    user: SignedInUser,
    replicas: readonly KnownReplica[],
    companies: readonly Workspace[],
  ): Promise<HandoverNote | null> {
    const unseen = (await this.#handovers?.of(user.id))?.findLast((note) => !note.seen && note.unsent > 0)
    let lost = companies.some(({ companyId }) => companyId === unseen?.companyId) ? null : (unseen ?? null)
    for (const { companyId, companyName } of replicas) {
      if (this.#backend === null || companies.some((company) => company.companyId === companyId)) continue
      const access = await checkAccess(this.#backend.transportFor(user.id), companyId)
      if (access.kind === 'member') continue
      if (this.#user?.id === user.id && this.#user.companyId === companyId) await this.#closeWorkspace(vault)
      lost = await this.#purge(indexedDb, vault, user, { id: companyId, name: companyName })
    }
    return lost
  }

  /** Shows that a company was lost, before the session goes on anywhere. */
  async #showLost(vault: Vault, { id, email, name }: SignedInUser, lost: HandoverNote): Promise<SessionState> {
    await this.#closeWorkspace(vault)
    this.#user = { id, email, name: name ?? email, companyId: lost.companyId }
    this.#lost = lost
    await writeKnownUser(vault, this.#user)
    this.#host.notify('session.state', this.#state())
    return this.#state()
  }

  /** After a lost company: on to another one, or out. */
  async #goOn(): Promise<void> {
    const { indexedDb, notify } = this.#host
    const vault = this.#vault
    const user = this.#user
    if (indexedDb === null || vault === null || user === null) return
    const company = (await readCompanies(vault, user.id))[0]
    if (company !== undefined) {
      const entered = await this.#enter(indexedDb, vault, { ...user, companyId: company.companyId }, company)
      if (entered.ok) return
    }
    await writeLeaving(vault, user)
    this.#forget()
    await this.#leave(vault)
    notify('session.state', SIGNED_OUT)
  }

  #state(): SessionState {
    if (this.#user === null) return SIGNED_OUT
    const { id, email, name } = this.#user
    if (this.#lost !== null) {
      const { companyId, companyName, unsent } = this.#lost
      const company = { id: companyId, name: companyName }
      return { kind: 'accessLost', user: { id, email, name }, company, unsent }
    }
    if (this.#workspace === null) return SIGNED_OUT
    return { kind: 'signedIn', user: { id, email, name }, workspace: this.#workspace.workspace }
  }

  #forget(): void {
    this.#workspace = null
    this.#user = null
    this.#lost = null
  }

  /** In turn, with what the storage or the server refuses as a value. */
  #guarded<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#inTurn(async () => {
      try {
        return await run()
      } catch (error) {
        if (error instanceof StorageError) return fail(error.code, error.message)
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

function unavailable(code: AppError['code'], message: string): SessionState {
  return { kind: 'unavailable', error: { code, message } }
}

/** The company knows people by the name it gave them; else the account's own, else the address. */
function knownUser(user: SignedInUser, company: Workspace): KnownUser {
  const member = company.members.find((other) => other.userId === user.id)
  return { id: user.id, email: user.email, name: member?.name ?? user.name ?? user.email, companyId: company.companyId }
}
