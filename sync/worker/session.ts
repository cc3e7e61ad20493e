import { StorageError } from '#database/local/storage-error.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverNote } from '../handover/handover-vault.ts'
import { type ListPreview, previewWindow } from '../list/list-preview.ts'
import type { Backend, SignedInUser } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { checkAccess, type LostAccess } from './access-check.ts'
import { Insistence } from './insistence.ts'
import { readCompanies, readReplicas, sumUnsent, writeCompanies } from './known-replicas.ts'
import { type KnownUser, readKnownUser, readLeaving, writeKnownUser, writeLeaving } from './known-user.ts'
import { confirmSignOuts, MissingCompanies } from './lost-companies.ts'
import { openCompany } from './open-company.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import type { ReplicaHost } from './replica-host.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import { describePlace, identity, type SessionPlace, SIGNED_OUT } from './session-place.ts'

/** What a session works with. */
export interface SessionDeps {
  readonly host: ReplicaHost
  readonly shelf: ReplicaShelf
  /** Null while the backend's address is not known. */
  readonly backend: () => Backend | null
  /** Runs something when all requests before it are done. */
  readonly inTurn: (run: () => Promise<void>) => Promise<void>
}

/** Told who is signed in when the list can be shown, long before the workspace is open. */
export type OnPreview = (state: SessionState) => void

/** Who is signed in, and the workspace that is open for them. Its methods must not run at the same time. */
export class Session {
  readonly #deps: SessionDeps
  #place: SessionPlace = SIGNED_OUT
  /** What the list shows until the workspace is open. */
  #preview: ListPreview | null = null
  readonly #insistence: Insistence

  constructor(deps: SessionDeps) {
    this.#deps = deps
    const { host, inTurn } = deps
    this.#insistence = new Insistence({ ...host, inTurn, onTried: () => this.#tell() })
  }

  /** Null while nobody is signed in. */
  get user(): KnownUser | null {
    return this.#place.kind === 'signedOut' ? null : this.#place.user
  }

  /** The open workspace, or null while none is open. */
  get workspace(): OpenWorkspace | null {
    return this.#place.kind === 'open' ? this.#place.workspace : null
  }

  /** The hand-over of the company that the user has just lost; null: none. */
  get lost(): HandoverNote | null {
    return this.#place.kind === 'lost' ? this.#place.note : null
  }

  /** Who is signed in and where, as the UI is told. */
  state(): SessionState {
    const { refused } = this.#insistence
    return refused === null ? describePlace(this.#place) : { kind: 'unavailable', error: refused }
  }

  /** Rows that are known while the workspace is on its way; null: they are not. */
  previewWindow(query: ListQuery, offset: number, limit: number): Omit<ListWindow, 'tookMs'> | null {
    return this.#preview && previewWindow(this.#preview, query, offset, limit)
  }

  /** Whether this company is the user's own at the moment. */
  isAt(userId: string, companyId: string): boolean {
    return this.user?.id === userId && this.user.companyId === companyId
  }

  /**
   * Goes on where the last start ended: with a sign-out, a purge, the news of a loss, or a workspace.
   * `onPreview` may be told before.
   */
  async restore(onPreview: OnPreview): Promise<SessionState> {
    const { vault, handovers } = this.#deps.shelf
    if (this.#place.kind === 'open') return this.state()
    this.#forget()
    await this.hasLeft()
    const user = await readKnownUser(vault)
    if (user === null) return SIGNED_OUT
    await this.#deps.shelf.finishPurges(user.id)
    const lost = (await handovers.of(user.id)).find((note) => note.companyId === user.companyId && !note.seen)
    if (lost === undefined) {
      await this.#open(user, null, onPreview).finally(() => {
        this.#preview = null
      })
    } else {
      this.#place = { kind: 'lost', user, note: lost }
      this.#inBackground(() => this.#confirmSignOuts(user))
    }
    return this.state()
  }

  /**
   * After the storage has refused something half-way: goes on where the next start would. Where it
   * refuses that as well, the state says so, and it is tried again after a while.
   */
  async resume(): Promise<void> {
    if (this.#place.kind !== 'open') await this.#insistence.run(() => this.restore(() => undefined))
  }

  /** Opens a company as the one that the next start opens, too. */
  async enter(user: KnownUser, company: Workspace): Promise<SessionState> {
    const { shelf } = this.#deps
    // One that was broken off would take the replica that comes now for the one it was to remove.
    await this.#insistence.finish()
    await shelf.finishPurges(user.id)
    await this.#open(user, company)
    await writeKnownUser(shelf.vault, user)
    for (const note of await shelf.handovers.of(user.id)) {
      // Access came back, or is there by now.
      if (note.companyId === user.companyId && !note.seen) await shelf.handovers.mark(note.id, { seen: true })
    }
    return this.#tell()
  }

  /** Opens a company for whoever has just signed in. */
  async enterAfterSignIn(user: KnownUser, company: Workspace): Promise<SessionState> {
    if (this.#place.kind === 'open' && this.isAt(user.id, user.companyId)) {
      // The same person again, after their session had ended: the replica stays open, with all its edits.
      return this.state()
    }
    await this.closeWorkspace()
    this.#forget()
    return this.enter(user, company)
  }

  /** Shows that a company was lost, before the session goes on anywhere. */
  async showLost({ id, email, name }: SignedInUser, lost: HandoverNote): Promise<SessionState> {
    await this.closeWorkspace()
    this.#insistence.end()
    const user = { id, email, name: name ?? email, companyId: lost.companyId }
    this.#place = { kind: 'lost', user, note: lost }
    await writeKnownUser(this.#deps.shelf.vault, user)
    return this.#tell()
  }

  /** After a lost company: on to another one, or out. */
  async goOn(): Promise<void> {
    const { vault } = this.#deps.shelf
    const { user } = this
    if (user === null) return
    const company = (await readCompanies(vault, user.id))[0]
    if (company !== undefined) {
      const next = { ...user, companyId: company.companyId }
      // There is no way back: what can't be opened now is what the next start opens.
      await writeKnownUser(vault, next)
      await this.enter(next, company)
      return
    }
    await writeLeaving(vault, user)
    await this.#leave()
    this.#tell()
  }

  /** Ends a sign-out that was cut off, if any. False: something of it is left, before which nobody may sign in. */
  async hasLeft(): Promise<boolean> {
    const { vault } = this.#deps.shelf
    if ((await readLeaving(vault)) !== null) await this.#leave()
    return (await readLeaving(vault)) === null
  }

  /** Signs out and removes the user's replicas from this machine. Fails with `unsent`. */
  async signOut(discardUnsent: boolean): Promise<Result<null>> {
    const { vault } = this.#deps.shelf
    const { user, workspace } = this
    let unsent = 0
    const agree = async (present: number): Promise<boolean> => {
      unsent = discardUnsent ? 0 : present
      if (unsent > 0) return false
      // Noted first: what a crash leaves half removed, with a checkpoint for rows that are gone, nobody may open.
      await writeLeaving(vault, user)
      return true
    }
    if (workspace !== null && user !== null) await this.#remove(user, workspace, agree)
    else if (user !== null) await agree(sumUnsent(await readReplicas(vault, user.id)))
    if (unsent > 0) {
      const changes = unsent === 1 ? '1 change exists' : `${unsent} changes exist`
      return fail('unsent', `${changes} only on this computer. Send them first, or sign out without them.`)
    }
    await this.#leave()
    this.#tell()
    return ok(null)
  }

  /**
   * Gives up a locked replica and starts it anew, from the server. Where the key is back, nothing is
   * given up.
   */
  async startAfresh(): Promise<Result<SessionState>> {
    if (this.#place.kind !== 'locked') return fail('nothing_to_do', 'The customers can be opened by now.')
    const { user } = this.#place
    await this.#open(user, null)
    if (this.state().kind === 'locked') {
      const { shelf } = this.#deps
      await shelf.remove({ userId: user.id, companyId: user.companyId })
      await this.#open(user, null)
    }
    return ok(this.#tell())
  }

  /** Closes the open workspace, if any, and notes what waits in it. */
  async closeWorkspace(): Promise<void> {
    if (this.#place.kind !== 'open') return
    const { user, workspace } = this.#place
    this.#place = { kind: 'between', user }
    await workspace.close()
    await this.#note(user, workspace)
  }

  /** Closes everything, keeping what is stored. */
  async close(): Promise<void> {
    this.#insistence.end()
    await this.closeWorkspace()
    this.#forget()
  }

  async #open(user: KnownUser, company: Workspace | null, onPreview?: OnPreview): Promise<void> {
    const { host, shelf, inTurn } = this.#deps
    const missing = new MissingCompanies(() => host.timing.now())
    const from = this.#place
    if (from.kind === 'open' || from.kind === 'locked') this.#place = { kind: 'between', user: from.user }
    const place = await openCompany({
      ...this.#deps,
      user,
      company,
      onPreview:
        onPreview === undefined
          ? null
          : (preview, known) => {
              this.#preview = preview
              onPreview({ kind: 'signedIn', user: identity(user), workspace: known })
            },
      onWorkspace: () => this.#tell(),
      onCompanies: (companies) => this.#inBackground(() => this.#heard(user, companies, missing)),
      // A failing disk shows at the write that was counted.
      onUnsent: () => void inTurn(() => this.#noteOpen()).catch(() => undefined),
    })
    if (place === null) return
    this.#place = place
    if (place.kind === 'locked') return
    // Before the note: a vault that refuses it must not leave a workspace that takes edits and never sends them.
    place.workspace.sync.start()
    await place.workspace.troubles.takeInHandovers(shelf.handovers, user.id)
    await this.#noteOpen()
  }

  /** Notes the open replica and what waits in it: a worker that is killed doesn't close anything. */
  async #noteOpen(): Promise<void> {
    if (this.#place.kind === 'open') await this.#note(this.#place.user, this.#place.workspace)
  }

  #note({ id: userId }: KnownUser, workspace: OpenWorkspace): Promise<void> {
    const { companyId, companyName } = workspace.workspace
    return this.#deps.shelf.note({ userId, companyId, companyName, unsent: workspace.report.unsent() })
  }

  /** Runs something in its turn, of which nobody hears what the server or the storage refuses: it comes again. */
  #inBackground(run: () => Promise<void>): void {
    const { host, inTurn } = this.#deps
    void inTurn(run).catch((error: unknown) => {
      if (!(error instanceof SyncError || error instanceof StorageError)) host.reportBug(error)
    })
  }

  /** The open workspace has heard of the user's companies. One that is missing, open or not, goes when it is lost for certain. */
  async #heard(user: KnownUser, companies: readonly Workspace[], missing: MissingCompanies): Promise<void> {
    const { shelf, backend } = this.#deps
    if (this.workspace === null || !this.isAt(user.id, user.companyId)) return
    const { companyId, companyName } = this.workspace.workspace
    if (companies.some((company) => company.companyId === companyId)) {
      await writeCompanies(shelf.vault, user.id, companies)
    }
    await this.#confirmSignOuts(user)
    const others = (await readReplicas(shelf.vault, user.id)).filter((replica) => replica.companyId !== companyId)
    const replicas = [{ companyId, companyName }, ...others]
    for (const { companyId: id, companyName: name } of missing.sure(replicas, companies)) {
      const transport = backend()?.transportFor(user.id)
      // Asked in our turn: nobody can sign in anew between the answer and the purge.
      const access = transport === undefined ? null : await checkAccess(transport, id)
      if (access?.kind === 'lost') await this.#purge(user, { id, name }, access)
    }
  }

  /** A company is lost for certain: its replica goes, unsent work is kept, and the screen says so. */
  async #purge(user: KnownUser, company: { readonly id: string; readonly name: string }, lost: LostAccess) {
    const { shelf } = this.#deps
    const { companies, isSignedOut } = lost
    if (company.id === user.companyId) {
      await this.#insistence.run(async () => {
        await this.closeWorkspace()
        await writeCompanies(shelf.vault, user.id, companies)
        const note = await shelf.purge(user, company, isSignedOut)
        this.#place = note === null ? { kind: 'between', user } : { kind: 'lost', user, note }
        this.#inBackground(() => this.#confirmSignOuts(user))
      })
    } else {
      await shelf.purge(user, company, isSignedOut)
      const others = (await readReplicas(shelf.vault, user.id)).filter(({ companyId }) => companyId !== user.companyId)
      this.workspace?.report.tellElsewhere(sumUnsent(others))
      this.#tell()
      await this.#confirmSignOuts(user)
    }
  }

  /** Tells whoever signed this device out that a company has left it. A sign-in that was ended, and opens nothing else, is of no use any more. */
  async #confirmSignOuts({ id }: KnownUser): Promise<void> {
    const { backend, shelf, host } = this.#deps
    const isEnded = await confirmSignOuts(shelf, backend(), host, id)
    if (isEnded && (await readCompanies(shelf.vault, id)).length === 0) await this.#endSession()
  }

  /** Removes the open replica, if what waits in it may go. One that could not be removed whole is of no use any more. */
  async #remove(user: KnownUser, workspace: OpenWorkspace, agree: (unsent: number) => Promise<boolean>): Promise<void> {
    try {
      await workspace.remove(() => agree(workspace.report.unsent() + workspace.report.status().elsewhere))
    } catch (error) {
      this.#place = { kind: 'between', user }
      await workspace.close()
      throw error
    }
  }

  /** The rest of a sign-out, when the open replica is removed. The note goes last: until then the next start does it all again. */
  async #leave(): Promise<void> {
    const { shelf } = this.#deps
    this.#forget()
    const leaving = await readLeaving(shelf.vault)
    if (leaving !== null) await shelf.removeAllOf(leaving)
    await writeKnownUser(shelf.vault, null)
    if (await this.#endSession()) await writeLeaving(shelf.vault, null)
  }

  /** Ends the session with the server. False: its code can't be loaded now; nothing of the user is left here but the session. */
  async #endSession(): Promise<boolean> {
    try {
      await this.#deps.backend()?.signOut()
      return true
    } catch (error) {
      if (error instanceof SyncError) return false
      throw error
    }
  }

  #forget(): void {
    this.#place = SIGNED_OUT
    this.#insistence.end()
  }

  #tell(): SessionState {
    const state = this.state()
    this.#deps.host.notify('session.state', state)
    return state
  }
}
