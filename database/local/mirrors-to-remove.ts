import { z } from 'zod'
import { parseJson } from '#shared/util/parse-json.ts'
import type { Vault } from './vault.ts'

/** The replicas whose mirrors are to go, by their names, or by how the names of several begin. All of it throws `StorageError`. */
export type MirrorsToRemove = ReturnType<typeof mirrorsToRemove>

const KEY = 'mirrors-to-remove'

/** Keeps them in the vault, which outlives all replicas. */
export function mirrorsToRemove(vault: Pick<Vault, 'get' | 'set' | 'remove'>) {
  const all = async () => z.array(z.string()).safeParse(parseJson((await vault.get(KEY)) ?? '')).data ?? []
  const keep = (names: readonly string[]) =>
    names.length === 0 ? vault.remove(KEY) : vault.set(KEY, JSON.stringify(names))
  return {
    all,
    add: async (replica: string) => keep([...new Set([...(await all()), replica])]),
    done: async (replica: string) => keep((await all()).filter((name) => name !== replica)),
  }
}
