import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type { ExportFormat } from '#shared/replica-api/export.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'

/** What the commands need from outside. */
export interface OnlineCommandDeps {
  readonly transport: Transport
  readonly user: { readonly id: string }
  readonly workspace: () => Workspace
}

/** What the server must know before it is done: these need the network, and fail with `unreachable` without. */
export class OnlineCommands {
  readonly #deps: OnlineCommandDeps

  constructor(deps: OnlineCommandDeps) {
    this.#deps = deps
  }

  /** Enters an export in the company's log. Nothing may leave before this has answered. */
  async recordExport(format: ExportFormat, rows: number): Promise<Result<null>> {
    const { user, workspace, transport } = this.#deps
    const { companyId, role } = workspace()
    const permission = customerPermission({ userId: user.id, role }, 'export')
    if (!permission.allowed) return fail('forbidden', permission.reason)
    return answered(() => transport.recordExport(companyId, format, rows))
  }

  /** An owner has looked at a customer who came back after an erasure: the note goes. */
  async settleErasureFlag(customerId: string): Promise<Result<null>> {
    const { companyId, role } = this.#deps.workspace()
    if (role !== 'owner') return fail('forbidden', 'Only an owner can settle who was erased.')
    return answered(() => this.#deps.transport.settleErasureFlag(companyId, customerId))
  }
}

async function answered(ask: () => Promise<void>): Promise<Result<null>> {
  try {
    await ask()
    return ok(null)
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    if (error.kind !== 'unreachable') return { ok: false, error: error.toAppError() }
    return fail(
      'unreachable',
      'This is entered in the log of your company first: connect to the network and try again.',
    )
  }
}
