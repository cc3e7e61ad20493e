import type { Workspace } from '#shared/domain/workspace.ts'
import type { ReplicaStore } from '../replication/replica-store.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'

/** What the watch over a membership needs from outside. */
export interface MembershipDeps {
  readonly store: ReplicaStore
  readonly onWorkspace: (workspace: Workspace) => void
  /** Told all companies of the user each time the server tells them, this one among them or not. */
  readonly onCompanies: (companies: readonly Workspace[]) => void
}

/** The user's place in a company as the server last told it. */
export class Membership {
  readonly #deps: MembershipDeps
  #workspace: Workspace

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
    onCompanies(companies)
    const current = companies.find((company) => company.companyId === this.#workspace.companyId)
    if (current === undefined) {
      throw new SyncError('forbidden', 'You no longer have access to this company. Ask an owner of the company.')
    }
    if (JSON.stringify(current) === JSON.stringify(this.#workspace)) return
    await store.write(() => ({ state: { workspace: current } }))
    this.#workspace = current
    onWorkspace(current)
  }
}
