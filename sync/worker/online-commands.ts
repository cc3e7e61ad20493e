import { z } from 'zod'
import type { Workspace } from '#shared/domain/workspace.ts'
import { customerPermission } from '#shared/permissions/customer-permissions.ts'
import type {
  AdministrationAnswer,
  AdministrationInput,
  AdministrationName,
} from '#shared/replica-api/administration.ts'
import type { ExportFormat } from '#shared/replica-api/export.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'
import { administer } from './administration.ts'

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
    const { user, workspace } = this.#deps
    const permission = customerPermission({ userId: user.id, role: workspace().role }, 'export')
    if (!permission.allowed) return fail('forbidden', permission.reason)
    return this.#ask('record_export', { p_format: format, p_rows: rows }, z.null())
  }

  /** An owner has looked at a customer who came back after an erasure: the note goes. */
  async settleErasureFlag(customerId: string): Promise<Result<null>> {
    if (this.#deps.workspace().role !== 'owner') return fail('forbidden', 'Only an owner can settle who was erased.')
    return this.#ask('dismiss_erasure_flag', { p_customer: customerId }, z.null())
  }

  /** How the company is run (`administrationRequests`). */
  administer<N extends AdministrationName>(
    name: N,
    input: AdministrationInput<N>,
  ): Promise<Result<AdministrationAnswer<N>>> {
    const who = { userId: this.#deps.user.id, role: this.#deps.workspace().role }
    return administer(who, (...asked) => this.#ask(...asked), name, input)
  }

  #ask<T>(name: string, args: Readonly<Record<string, unknown>>, answer: z.ZodType<T>): Promise<Result<T>> {
    const { transport, workspace } = this.#deps
    return answered(() => transport.ask(name, { p_company: workspace().companyId, ...args }, answer))
  }
}

/** What the database says, with a sentence of its own for people (docs/api.md). */
const REFUSAL_CODES: Readonly<Record<string, string>> = {
  '42501': 'forbidden',
  PT403: 'no_access',
  '22023': 'invalid',
  '55000': 'not_now',
  P0002: 'not_found',
}
const refusalSchema = z.object({ code: z.string(), message: z.string().min(1) })

/** An answer of the server as a value: what it refuses in its own words, anything else as the sync says it. */
export async function answered<T>(ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await ask())
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    if (error.kind === 'unreachable') {
      return fail('unreachable', 'This needs a network, because the server has to do it. Connect, then try again.')
    }
    const refusal = refusalSchema.safeParse(error.cause).data
    const code = refusal && REFUSAL_CODES[refusal.code]
    if (refusal !== undefined && code !== undefined) return fail(code, refusal.message)
    if (refusal?.code === '57014') {
      return fail(
        'too_slow',
        'This took the server too long, and nothing was changed. Ask your administrator to do it.',
      )
    }
    return { ok: false, error: error.toAppError() }
  }
}
