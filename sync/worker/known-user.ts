import { z } from 'zod'
import type { Vault } from '#database/local/vault.ts'
import { type BackendConfig, backendConfigSchema } from '#shared/domain/backend-config.ts'
import { readStored } from './read-stored.ts'

/**
 * Who is signed in on this machine, apart from any token: the app opens with their replica although
 * no server can be asked, and a lost token signs nobody out (SPEC SY-1, SY-5).
 */
export const knownUserSchema = z.object({
  id: z.guid(),
  email: z.string(),
  name: z.string(),
  companyId: z.guid(),
})
export type KnownUser = z.infer<typeof knownUserSchema>

const USER_KEY = 'user'
const CONFIG_KEY = 'config'
const LEAVING_KEY = 'leaving'

/** Reads who is signed in; null: nobody, or what is stored can't be read. */
export function readKnownUser(vault: Vault): Promise<KnownUser | null> {
  return readStored(vault, USER_KEY, knownUserSchema)
}

/** Stores who is signed in; null: nobody. */
export function writeKnownUser(vault: Vault, user: KnownUser | null): Promise<void> {
  return user === null ? vault.remove(USER_KEY) : vault.set(USER_KEY, JSON.stringify(user))
}

/** Reads whose replica a sign-out set out to remove, and may not have removed whole; null: nobody's. */
export function readLeaving(vault: Vault): Promise<KnownUser | null> {
  return readStored(vault, LEAVING_KEY, knownUserSchema)
}

/** Stores whose replica is to be removed; null: it is gone. */
export function writeLeaving(vault: Vault, user: KnownUser | null): Promise<void> {
  return user === null ? vault.remove(LEAVING_KEY) : vault.set(LEAVING_KEY, JSON.stringify(user))
}

/** Reads the address of the backend as last heard; null: never. */
export function readStoredConfig(vault: Vault): Promise<BackendConfig | null> {
  return readStored(vault, CONFIG_KEY, backendConfigSchema)
}

/** Stores the address of the backend for starts without a network. */
export function writeStoredConfig(vault: Vault, config: BackendConfig): Promise<void> {
  return vault.set(CONFIG_KEY, JSON.stringify(config))
}
