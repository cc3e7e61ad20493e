import { z } from 'zod'
import type { Vault } from '#database/local/vault.ts'
import { type Workspace, workspaceSchema } from '#shared/domain/workspace.ts'
import { readStored } from './read-stored.ts'

const replicaSchema = z.object({
  userId: z.guid(),
  companyId: z.guid(),
  companyName: z.string(),
  /** Changes that only this computer has: as last counted, or at most, of one found by its mirror. */
  unsent: z.number().int().nonnegative(),
})
/** A replica on this computer. */
export type KnownReplica = z.infer<typeof replicaSchema>

const REPLICAS_KEY = 'replicas'

/** The replicas of a user on this computer, opened last first. */
export async function readReplicas(vault: Vault, userId: string): Promise<KnownReplica[]> {
  return (await readAll(vault)).filter((replica) => replica.userId === userId)
}

/** Notes that a replica is on this computer, as the one opened last. */
export async function noteReplica(vault: Vault, replica: KnownReplica): Promise<void> {
  await write(vault, [replica, ...without(await readAll(vault), replica)])
}

/** Notes a replica that was found, behind those that were opened. */
export async function noteFound(vault: Vault, replica: KnownReplica): Promise<void> {
  await write(vault, [...without(await readAll(vault), replica), replica])
}

/** Forgets a replica that is gone. */
export async function forgetReplica(vault: Vault, replica: Pick<KnownReplica, 'userId' | 'companyId'>): Promise<void> {
  await write(vault, without(await readAll(vault), replica))
}

/** Changes that only this computer has, in all of these replicas. */
export function sumUnsent(replicas: readonly KnownReplica[]): number {
  return replicas.reduce((sum, { unsent }) => sum + unsent, 0)
}

/** The companies of a user as the server last told them, for switching without a network. */
export async function readCompanies(vault: Vault, userId: string): Promise<Workspace[]> {
  return (await readStored(vault, companiesKey(userId), z.array(workspaceSchema))) ?? []
}

/** Stores the companies of a user; an empty list leaves nothing. */
export function writeCompanies(vault: Vault, userId: string, companies: readonly Workspace[]): Promise<void> {
  const key = companiesKey(userId)
  return companies.length === 0 ? vault.remove(key) : vault.set(key, JSON.stringify(companies))
}

/** Companies that this device was signed out of, where the server doesn't know yet that they have left it. */
export async function readSignOuts(vault: Vault, userId: string): Promise<string[]> {
  return (await readStored(vault, signOutsKey(userId), z.array(z.guid()))) ?? []
}

/** Stores them; an empty list leaves nothing. */
export async function writeSignOuts(
  vault: Vault,
  userId: string,
  compute: (companyIds: readonly string[]) => readonly string[],
): Promise<void> {
  const key = signOutsKey(userId)
  const next = compute(await readSignOuts(vault, userId))
  await (next.length === 0 ? vault.remove(key) : vault.set(key, JSON.stringify(next)))
}

function signOutsKey(userId: string): string {
  return `sign-outs-${userId}`
}

function companiesKey(userId: string): string {
  return `companies-${userId}`
}

async function readAll(vault: Vault): Promise<KnownReplica[]> {
  return (await readStored(vault, REPLICAS_KEY, z.array(replicaSchema))) ?? []
}

function write(vault: Vault, replicas: readonly KnownReplica[]): Promise<void> {
  return replicas.length === 0 ? vault.remove(REPLICAS_KEY) : vault.set(REPLICAS_KEY, JSON.stringify(replicas))
}

function without(
  replicas: readonly KnownReplica[],
  { userId, companyId }: Pick<KnownReplica, 'userId' | 'companyId'>,
): KnownReplica[] {
  return replicas.filter((other) => other.userId !== userId || other.companyId !== companyId)
}
