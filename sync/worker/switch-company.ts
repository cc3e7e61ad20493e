import type { CompanyChoice } from '#shared/replica-api/handover.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { Backend } from '../replication/backend.ts'
import { readCompanies, readReplicas, writeCompanies } from './known-replicas.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import type { Session } from './session.ts'

/** The companies that the user may switch between, as last heard. @throws StorageError */
export async function companyChoices({ user, workspace }: Session, { vault }: ReplicaShelf): Promise<CompanyChoice[]> {
  if (user === null) return []
  const replicas = await readReplicas(vault, user.id)
  return (await readCompanies(vault, user.id)).map(({ companyId, companyName }) => {
    const isOpen = workspace !== null && companyId === user.companyId
    const unsent = isOpen ? 0 : (replicas.find((replica) => replica.companyId === companyId)?.unsent ?? 0)
    return { companyId, companyName, isOpen, unsent }
  })
}

/**
 * Opens another company of the user; the server is asked only for one that was never heard of. Fails
 * with `signed_out` or `no_access`.
 *
 * @throws SyncError, StorageError
 */
export async function switchCompany(
  session: Session,
  { vault }: ReplicaShelf,
  backend: Backend | null,
  companyId: string,
): Promise<Result<SessionState>> {
  const { user, workspace } = session
  if (user === null) return fail('signed_out', 'Sign in first.')
  if (workspace !== null && user.companyId === companyId) return ok(session.state())
  let companies = await readCompanies(vault, user.id)
  if (!companies.some((company) => company.companyId === companyId) && backend !== null) {
    companies = await backend.transportFor(user.id).companies()
    await writeCompanies(vault, user.id, companies)
  }
  const company = companies.find((candidate) => candidate.companyId === companyId)
  if (company === undefined) return fail('no_access', 'You have no access to this company. Ask one of its owners.')
  await session.closeWorkspace()
  const name = company.members.find((member) => member.userId === user.id)?.name ?? user.name
  return ok(await session.enter({ ...user, name, companyId }, company))
}
