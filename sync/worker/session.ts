import { StorageError } from '#database/local/storage-error.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import type { ListQuery, ListWindow } from '#shared/replica-api/list.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverNote } from '../handover/handover-vault.ts'
import { type ListPreview, previewWindow } from '../list/list-preview.ts'
import type { SignedInUser } from '../replication/backend.ts'
import { SyncError } from '../replication/sync-error.ts'
import { Insistence } from './insistence.ts'
import { type KnownUser, readKnownUser, readLeaving, writeKnownUser, writeLeaving } from './known-user.ts'
import { confirmSignOuts, LostCompanies } from './lost-companies.ts'
import { openCompany, type Surroundings } from './open-company.ts'
import type { OpenWorkspace } from './open-workspace.ts'
import { describePlace, identity, type SessionPlace, SIGNED_OUT } from './session-place.ts'

/** What a session works with. */
export interface SessionDeps extends Surroundings {
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
    // Behind this turn: no start waits for a mirror that does not answer.
    this.#inBackground(() => this.#deps.shelf.removeMirrors())
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
      this.#confirmSignOuts(user)
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

  /** Ends a sign-out that was cut off, if any. False: something of it is left, before which nobody may sign in. */
  async hasLeft(): Promise<boolean> {
    const { vault } = this.#deps.shelf
    if ((await readLeaving(vault)) !== null) await this.#leave()
    return (await readLeaving(vault)) === null
  }

  /** Ends the session of whoever is noted as leaving, here and with the server. */
  async leave(): Promise<void> {
    await this.#leave()
    this.#tell()
  }

  /**
   * Gives up a locked replica and starts it anew, from the server. Where it can be opened again, nothing is
   * given up, and where only its mirror was in the way, only that.
   */
  async startAfresh(): Promise<Result<SessionState>> {
    if (this.#place.kind !== 'locked') return fail('nothing_to_do', 'The customers can be opened by now.')
    const { user } = this.#place
    await this.#open(user, null)
    const { shelf } = this.#deps
    const replica = { userId: user.id, companyId: user.companyId }
    if (this.#lockedBy === 'storage_silent') {
      await shelf.giveUpMirror(replica)
      await this.#open(user, null)
    }
    if (this.#lockedBy !== null) {
      await shelf.remove(replica)
      await this.#open(user, null)
    }
    return ok(this.#tell())
  }

  /** Closes the open workspace, if any, and notes what waits in it. */
  async closeWorkspace(): Promise<void> {
    if (this.#place.kind !== 'open') return
    const place = this.#place
    this.#place = { kind: 'between', user: place.user }
    await place.workspace.close()
    await this.#note(place)
  }

  /** Removes the open replica, where `agree` says so of the changes that only this computer has. Removed in half it is of no use. */
  async removeWorkspace(agree: (unsent: number) => Promise<boolean>): Promise<void> {
    if (this.#place.kind !== 'open') return
    const { user, workspace } = this.#place
    try {
      await workspace.remove(() => agree(workspace.report.unsent() + workspace.report.status().elsewhere))
    } catch (error) {
      this.#place = { kind: 'between', user }
      await workspace.close()
      throw error
    }
  }

  /** Closes everything, keeping what is stored. */
  async close(): Promise<void> {
    this.#insistence.end()
    await this.closeWorkspace()
    this.#forget()
  }

  get #lockedBy(): string | null {
    return this.#place.kind === 'locked' ? this.#place.error.code : null
  }

  async #open(user: KnownUser, company: Workspace | null, onPreview?: OnPreview): Promise<void> {
    const losses = new LostCompanies({
      ...this.#deps,
      user,
      onLost: (purge) => this.#lose(user, purge),
      onOtherLost: (unsent) => {
        this.workspace?.report.tellElsewhere(unsent)
        this.#tell()
      },
    })
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
      onCompanies: (companies) =>
        this.#inBackground(async () => {
          // By its turn another one may be open.
          if (this.workspace === null || !this.isAt(user.id, user.companyId)) return
          await losses.heard(this.workspace.workspace, companies)
        }),
      // A failing disk shows at the write that was counted.
      onUnsent: () =>
        this.#inBackground(async () => {
          if (this.#place.kind === 'open') await this.#note(this.#place)
        }),
    })
    if (place === null) return
    this.#place = place
    if (place.kind === 'locked') return
    // Before the note: a vault that refuses it must not leave a workspace that takes edits and never sends them.
    place.workspace.sync.start()
    await place.workspace.troubles.takeInHandovers(this.#deps.shelf.handovers, user.id)
    await this.#note(place)
  }

  /** Notes an open replica and what waits in it: a worker that is killed doesn't close anything. */
  #note({ user: { id: userId }, workspace }: SessionPlace<'open'>): Promise<void> {
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

  /** The open company is lost: it is closed and purged, and the screen says so. */
  #lose(user: KnownUser, purge: () => Promise<HandoverNote | null>): Promise<void> {
    return this.#insistence.run(async () => {
      await this.closeWorkspace()
      const note = await purge()
      this.#place = note === null ? { kind: 'between', user } : { kind: 'lost', user, note }
      this.#confirmSignOuts(user)
    })
  }

  #confirmSignOuts({ id }: KnownUser): void {
    const { shelf, backend, host } = this.#deps
    this.#inBackground(() => confirmSignOuts(shelf, backend(), host, id))
  }

  /** The rest of a sign-out, when the open replica is removed. The note goes last: until then the next start does it all again. */
  async #leave(): Promise<void> {
    const { shelf, backend } = this.#deps
    this.#forget()
    const leaving = await readLeaving(shelf.vault)
    if (leaving !== null) await shelf.removeAllOf(leaving)
    await writeKnownUser(shelf.vault, null)
    try {
      await backend()?.signOut()
    } catch (error) {
      // Its code can't be loaded now; nothing of the user is left here but the session.
      if (error instanceof SyncError) return
      throw error
    }
    await writeLeaving(shelf.vault, null)
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
