import type { Workspace } from '#shared/domain/workspace.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import { checkAccess, type LostAccess } from './access-check.ts'

/** What the watch over a membership needs from outside. */
export interface MembershipDeps {
  readonly store: ReplicaStore
  /** This machine's clock, in milliseconds. */
  readonly now: () => number
  readonly onWorkspace: (workspace: Workspace) => void
  /** Told all companies of the user each time the server tells them. */
  readonly onCompanies: (companies: readonly Workspace[]) => void
  /** Told when the user has lost this company for certain: the replica is to go. */
  readonly onAccessLost: (lost: LostAccess) => void
}

/** So long a company must be missing before it counts as lost: an administrator may be moving things. */
const SURE_MS = 5_000

/** The user's place in a company as the server last told it, and the watch over whether they still have one. */
export class Membership {
  readonly #deps: MembershipDeps
  #workspace: Workspace
  /** When the company was first missing among those of the user. */
  #missedAt: number | null = null

  constructor(deps: MembershipDeps, workspace: Workspace) {
    this.#deps = deps
    this.#workspace = workspace
  }

  /** The company, its members and the user's role. */
  get workspace(): Workspace {
    return this.#workspace
  }

  /** Asks the server again. @throws SyncError when it can't be asked or no longer lists the company; StorageError */
  async refresh(transport: Transport): Promise<void> {
    const { store, onCompanies, onWorkspace } = this.#deps
    const companies = await transport.companies()
    const current = companies.find((company) => company.companyId === this.#workspace.companyId)
    if (current === undefined) {
      await this.#missed(transport)
      throw new SyncError('forbidden', 'You no longer have access to this company. Ask an owner of the company.')
    }
    this.#missedAt = null
    onCompanies(companies)
    if (JSON.stringify(current) === JSON.stringify(this.#workspace)) return
    await store.write(() => ({ state: { workspace: current } }))
    this.#workspace = current
    onWorkspace(current)
  }

  /** The company was missing among the user's: asked again after a while before anything is done about it. */
  async #missed(transport: Transport): Promise<void> {
    const now = this.#deps.now()
    this.#missedAt ??= now
    // `abs`: a clock that was set back must not put this off.
    if (Math.abs(now - this.#missedAt) < SURE_MS) return
    // Whatever comes of it, the next time begins anew.
    this.#missedAt = null
    const access = await checkAccess(transport, this.#workspace.companyId)
    if (access.kind === 'lost') this.#deps.onAccessLost(access)
  }
}
