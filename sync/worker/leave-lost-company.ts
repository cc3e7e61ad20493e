import type { Vault } from '#database/local/vault.ts'
import { readCompanies } from './known-replicas.ts'
import { writeKnownUser, writeLeaving } from './known-user.ts'
import type { Session } from './session.ts'

/** After a lost company: on to another one, or out. @throws StorageError, SyncError */
export async function leaveLostCompany(session: Session, vault: Vault): Promise<void> {
  const { user } = session
  if (user === null) return
  const company = (await readCompanies(vault, user.id))[0]
  if (company === undefined) {
    await writeLeaving(vault, user)
    await session.leave()
    return
  }
  const next = { ...user, companyId: company.companyId }
  // There is no way back: what can't be opened now is what the next start opens.
  await writeKnownUser(vault, next)
  await session.enter(next, company)
}
