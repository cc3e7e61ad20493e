import { StorageError } from '#database/local/storage-error.ts'
import type { Workspace } from '#shared/domain/workspace.ts'
import { readDeviceId } from '../erasure/device.ts'
import { type ListPreview, readPreview } from '../list/list-preview.ts'
import type { Backend } from '../replication/backend.ts'
import { loadCode } from '../replication/load-code.ts'
import { readCompanies, readReplicas, sumUnsent } from './known-replicas.ts'
import type { KnownUser } from './known-user.ts'
import type { ReplicaHost } from './replica-host.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import type { SessionPlace } from './session-place.ts'

/** Loads most of the worker's code, for which the first rows do not wait. */
export const loadWorkspace = () => loadCode(() => import('./open-workspace.ts'))

/** What is around the replicas of this computer. */
export interface Surroundings {
  readonly host: ReplicaHost
  readonly shelf: ReplicaShelf
  /** Null while the backend's address is not known. */
  readonly backend: () => Backend | null
}

/** Whose company is opened, and who hears of it. */
export interface CompanyToOpen extends Surroundings {
  readonly user: KnownUser
  /** The company as the server has just told it, or null to use what is stored. */
  readonly company: Workspace | null
  /** Told what the list can show, as soon as that is known; null: nobody asks. */
  readonly onPreview: ((preview: ListPreview, company: Workspace) => void) | null
  readonly onWorkspace: () => void
  /** Told all companies of the user each time the server tells them. */
  readonly onCompanies: (companies: readonly Workspace[]) => void
  /** The number of writes that exist on this machine only is another one. */
  readonly onUnsent: () => void
}

/**
 * Opens a user's replica of a company. Null: nothing says which company this is; sign in again.
 *
 * @throws StorageError, SyncError `unreachable`
 */
export async function openCompany(asked: CompanyToOpen): Promise<SessionPlace<'open' | 'locked'> | null> {
  const { host, shelf, backend, user, company, onPreview } = asked
  const noted = await readReplicas(shelf.vault, user.id)
  const isThis = ({ companyId }: { companyId: string }) => companyId === user.companyId
  const unsent = noted.find(isThis)?.unsent ?? null
  const known = (await readCompanies(shelf.vault, user.id)).find(isThis) ?? null
  const place = { userId: user.id, companyId: user.companyId }
  if (known !== null && onPreview !== null) {
    const preview = await shelf.peek(place, readPreview)
    if (preview !== null) onPreview(preview, known)
  }
  const loading = loadWorkspace()
  // Where it fails before the replica is open, that is told when there is something to close.
  loading.catch(() => undefined)
  const replica = await shelf.openUnlessLocked(place)
  if (replica instanceof StorageError) {
    const name = (company ?? known)?.companyName ?? 'your company'
    const { code, message } = replica
    return { kind: 'locked', user, company: { id: user.companyId, name }, unsent, error: { code, message } }
  }
  const open = async () => {
    const { OpenWorkspace } = await loading
    return OpenWorkspace.open({
      ...host,
      replica,
      user,
      workspace: company,
      known: { workspace: known, unsent: unsent ?? 0 },
      device: { id: await readDeviceId(shelf.vault, host.newId), name: host.deviceName },
      transport: () => backend()?.transportFor(user.id) ?? null,
      hints: () => backend()?.hintsFor(user.id) ?? null,
      onWorkspace: asked.onWorkspace,
      onCompanies: asked.onCompanies,
      onUnsent: asked.onUnsent,
      elsewhere: sumUnsent(noted.filter((other) => !isThis(other))),
    })
  }
  const workspace = await open().catch(async (error: unknown) => {
    await replica.close()
    throw error
  })
  if (workspace !== null) return { kind: 'open', user, workspace }
  await replica.close()
  return null
}
