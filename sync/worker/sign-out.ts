import { fail, ok, type Result } from '#shared/util/result.ts'
import { readReplicas, sumUnsent } from './known-replicas.ts'
import { writeLeaving } from './known-user.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import type { Session } from './session.ts'

/**
 * Signs out and removes the user's replicas from this machine. Fails with `unsent`.
 *
 * @throws StorageError
 */
export async function signOut(session: Session, shelf: ReplicaShelf, discardUnsent: boolean): Promise<Result<null>> {
  const { user, workspace } = session
  const { vault } = shelf
  let unsent = 0
  const agree = async (present: number): Promise<boolean> => {
    unsent = discardUnsent ? 0 : present
    if (unsent > 0) return false
    // Noted first: what a crash leaves half removed, with a checkpoint for rows that are gone, nobody may open.
    await writeLeaving(vault, user)
    return true
  }
  if (user !== null && !discardUnsent) {
    // Mirrors that could not be asked at the sign-in go as well: they count.
    await shelf.noteMirrored(user.id)
    const others = (await readReplicas(vault, user.id)).filter(({ companyId }) => companyId !== user.companyId)
    workspace?.report.tellElsewhere(sumUnsent(others))
  }
  if (workspace !== null) await session.removeWorkspace(agree)
  else if (user !== null) await agree(sumUnsent(await readReplicas(vault, user.id)))
  if (unsent > 0) {
    const changes = unsent === 1 ? '1 change exists' : `${unsent} changes exist`
    return fail('unsent', `${changes} only on this computer. Send them first, or sign out without them.`)
  }
  await session.leave()
  return ok(null)
}
