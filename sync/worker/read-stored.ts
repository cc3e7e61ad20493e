import type { z } from 'zod'
import type { Vault } from '#database/local/vault.ts'
import { parseJson } from '#shared/util/parse-json.ts'

/** Reads JSON of the vault; null: there is none, or it is not what the schema says. @throws StorageError */
export async function readStored<T>(vault: Vault, key: string, schema: z.ZodType<T>): Promise<T | null> {
  return schema.safeParse(parseJson((await vault.get(key)) ?? '')).data ?? null
}
