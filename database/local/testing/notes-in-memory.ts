import { type MirrorsToRemove, mirrorsToRemove } from '../mirrors-to-remove.ts'

/** Notes of mirrors to be removed, in a vault that is nothing but memory. */
export function notesInMemory(kept = new Map<string, string>()): MirrorsToRemove {
  return mirrorsToRemove({
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
  })
}
