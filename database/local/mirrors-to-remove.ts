import { z } from 'zod'
import { parseJson } from '#shared/util/parse-json.ts'
import type { Vault } from './vault.ts'

/** The replicas whose mirrors are to go, by their names, or by how the names of several begin. All of it throws `StorageError`. */
export type MirrorsToRemove = ReturnType<typeof mirrorsToRemove>

const KEY = 'mirrors-to-remove'

/** Keeps them in the vault, which outlives all replicas. */
export function mirrorsToRemove(vault: Pick<Vault, 'get' | 'set' | 'remove'>) {
  const all = async () => z.array(z.string()).safeParse(parseJson((await vault.get(KEY)) ?? '')).data ?? []
  let last: Promise<void> = Promise.resolve()
  // One after the other: whoever removes does not wait for others who do.
  const change = (to: (names: readonly string[]) => readonly string[]) => {
    const changed = last.then(async () => {
      const names = await all()
      const next = to(names)
      // A full disk must not keep what is noted from being removed.
      if (next.length === names.length) return
      await (next.length === 0 ? vault.remove(KEY) : vault.set(KEY, JSON.stringify(next)))
    })
    last = changed.catch(() => undefined)
    return changed
  }
  return {
    all,
    add: (replica: string) => change((names) => [...new Set([...names, replica])]),
    done: (replica: string) => change((names) => names.filter((name) => name !== replica)),
  }
}
