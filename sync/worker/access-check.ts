import { z } from 'zod'
import type { Workspace } from '#shared/domain/workspace.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'

/** The user has lost a company. */
export interface LostAccess {
  readonly kind: 'lost'
  /** Those that are left. */
  readonly companies: readonly Workspace[]
  /** Only their sign-in on this device was ended: whoever signs in again has access. */
  readonly isSignedOut: boolean
}

/** What the server says about a user's access to a company. */
export type Access = { readonly kind: 'member' } | LostAccess

/** How the server refuses a device that was signed out (`private.refuse_stranger`). */
const signedOutSchema = z.object({ code: z.literal('PT403') })

/**
 * Whether a user has really lost a company that a list of companies did not hold. What hangs on it is
 * the removal of a replica, so three answers must agree, each well-formed and from our server: the
 * list (asked again here), and a pull that is refused for want of membership. A captive portal, a
 * failing server or an ended session is never such an answer.
 *
 * @throws SyncError when the server can't be asked, or contradicts itself
 */
export async function checkAccess(transport: Transport, companyId: string): Promise<Access> {
  const companies = await transport.companies()
  if (companies.some((company) => company.companyId === companyId)) return { kind: 'member' }
  try {
    await transport.pull(companyId, { customers: null }, 1)
  } catch (error) {
    if (!(error instanceof SyncError) || error.kind !== 'forbidden') throw error
    return { kind: 'lost', companies, isSignedOut: signedOutSchema.safeParse(error.cause).success }
  }
  throw new SyncError('server', 'The server contradicts itself about your companies. It is asked again by itself.')
}
