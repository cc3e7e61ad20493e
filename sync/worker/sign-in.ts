import type { Workspace } from '#shared/domain/workspace.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { fail, ok, type Result } from '#shared/util/result.ts'
import type { HandoverNote } from '../handover/handover-vault.ts'
import type { Backend, SignedInUser } from '../replication/backend.ts'
import type { Transport } from '../replication/transport.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { checkAccess } from './access-check.ts'
import { type KnownReplica, readReplicas, writeCompanies } from './known-replicas.ts'
import type { KnownUser } from './known-user.ts'
import type { ReplicaShelf } from './replica-shelf.ts'
import type { Session } from './session.ts'

/** What the user typed. */
export interface Credentials {
  readonly email: string
  readonly password: string
  /** The code of an invitation that is accepted first; null: none. */
  readonly invitation: string | null
}

/**
 * Signs in and opens a company of the user: that of the invitation, else the one of last time, else the first.
 * Needs the network.
 *
 * @throws SyncError, StorageError
 */
export async function signIn(
  session: Session,
  shelf: ReplicaShelf,
  backend: Backend,
  { email, password, invitation }: Credentials,
): Promise<Result<SessionState>> {
  const signedIn = await backend.signIn(email, password)
  if (!signedIn.ok) return signedIn
  const { id } = signedIn.value
  // Whatever comes of the rest, this is their session from now on: it is made known, or ended.
  const open = session.user?.id === id ? session.workspace : null
  open?.sync.start()
  let joined: Result<Joined> | null = null
  try {
    joined = await joinedCompanies(backend.transportFor(id), invitation)
  } finally {
    if (open === null && joined?.ok !== true) await backend.signOut()
  }
  if (!joined.ok) return joined
  const { companies, invitedTo } = joined.value
  await writeCompanies(shelf.vault, id, companies)
  await shelf.noteMirrored(id)
  // Where this user was before: edits may wait in that replica.
  const before = await readReplicas(shelf.vault, id)
  const lost = await purgeLost(session, shelf, backend, { user: signedIn.value, replicas: before, companies })
  if (lost !== null) return ok(await session.showLost(signedIn.value, lost))
  const there = before.find((replica) => companies.some(({ companyId }) => companyId === replica.companyId))
  const wanted = invitedTo ?? there?.companyId
  const company = companies.find(({ companyId }) => companyId === wanted) ?? companies[0]
  if (company === undefined) {
    await backend.signOut()
    return fail(
      'no_company',
      'Your account belongs to no company yet. Enter the code of your invitation, or ask an owner of your company for one.',
    )
  }
  return ok(await session.enterAfterSignIn(knownUser(signedIn.value, company), company))
}

interface Joined {
  readonly companies: readonly Workspace[]
  /** The one of the invitation; null: none. */
  readonly invitedTo: string | null
}

/** The user's companies, the one of an invitation among them. @throws SyncError */
async function joinedCompanies(transport: Transport, invitation: string | null): Promise<Result<Joined>> {
  if (invitation === null) return ok({ companies: await transport.companies(), invitedTo: null })
  const joined = await acceptInvitation(transport, invitation)
  if (!joined.ok) return { ok: false, error: { ...joined.error, field: 'invitation' } }
  return ok({ companies: await transport.companies(), invitedTo: joined.value.companyId })
}

/** Purges replicas of companies that the user no longer belongs to. Resolves to the hand-over of the last one. */
async function purgeLost(
  session: Session,
  shelf: ReplicaShelf,
  backend: Backend,
  known: {
    readonly user: SignedInUser
    readonly replicas: readonly KnownReplica[]
    readonly companies: readonly Workspace[]
  },
): Promise<HandoverNote | null> {
  const { user, replicas, companies } = known
  const isMember = (companyId: string) => companies.some((company) => company.companyId === companyId)
  const unseen = (await shelf.handovers.of(user.id)).findLast((note) => !note.seen && note.unsent > 0)
  let lost = unseen === undefined || isMember(unseen.companyId) ? null : unseen
  for (const { companyId, companyName } of replicas) {
    if (isMember(companyId)) continue
    const access = await checkAccess(backend.transportFor(user.id), companyId)
    if (access.kind === 'member') continue
    if (session.isAt(user.id, companyId)) await session.closeWorkspace()
    lost = (await shelf.purge(user, { id: companyId, name: companyName }, access.isSignedOut)) ?? lost
  }
  return lost
}

/** The company knows people by the name it gave them; else the account's own, else the address. */
function knownUser(user: SignedInUser, company: Workspace): KnownUser {
  const member = company.members.find((other) => other.userId === user.id)
  return { id: user.id, email: user.email, name: member?.name ?? user.name ?? user.email, companyId: company.companyId }
}
