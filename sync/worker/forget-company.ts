import { fail, ok, type Result } from '#shared/util/result.ts'
import { readCompanies, readReplicas } from './known-replicas.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import type { Session } from './session.ts'

/**
 * Removes the open company's replica from this machine and opens another company. A crash in between
 * costs nothing: the next start fetches the first one again.
 *
 * @throws StorageError
 */
export async function forgetCompany(
  session: Session,
  shelf: ReplicaShelf,
  discardUnsent: boolean,
): Promise<Result<null>> {
  const { user, workspace } = session
  if (user === null || workspace === null) return fail('signed_out', 'Sign in first.')
  const next = (await readCompanies(shelf.vault, user.id)).find(({ companyId }) => companyId !== user.companyId)
  if (next === undefined) {
    return fail('only_company', 'This is your only company. Sign out instead: that removes it from this device, too.')
  }
  const present = workspace.report.unsent()
  if (present > 0 && !discardUnsent) return unsent(present)
  await session.closeWorkspace()
  const place = { userId: user.id, companyId: user.companyId }
  const left = (await readReplicas(shelf.vault, user.id)).find(({ companyId }) => companyId === place.companyId)?.unsent
  // Made while the rest was on its way.
  if (left !== undefined && left > 0 && !discardUnsent) {
    await session.enter(user, workspace.workspace)
    return unsent(left)
  }
  await shelf.remove(place)
  const name = next.members.find((member) => member.userId === user.id)?.name ?? user.name
  await session.enter({ ...user, name, companyId: next.companyId }, next)
  return ok(null)
}

function unsent(count: number) {
  const changes = count === 1 ? '1 change exists' : `${count} changes exist`
  return fail('unsent', `${changes} only on this device. Send them first.`)
}
