import type { Workspace } from '#shared/domain/workspace.ts'
import { SyncError } from '../replication/sync-error.ts'
import type { Transport } from '../replication/transport.ts'

/** What the server says about a user's access to a company. */
export type Access = { readonly kind: 'member' } | { readonly kind: 'lost'; readonly companies: readonly Workspace[] }

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
    if (error instanceof SyncError && error.kind === 'forbidden') return { kind: 'lost', companies }
    throw error
  }
  throw new SyncError('server', 'The server contradicts itself about your companies. It is asked again by itself.')
}
