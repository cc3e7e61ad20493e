import { z } from 'zod'
import type { Vault } from '#database/local/vault.ts'

/** The machine a replica lies on: one id for all of its replicas, and a name that an administrator knows it by. */
export interface Device {
  readonly id: string
  readonly name: string
}

const KEY = 'device'

/** The id of this machine, made at the first start; it outlives replicas and sign-outs. @throws StorageError */
export async function readDeviceId(vault: Vault, newId: () => string): Promise<string> {
  const stored = z.guid().safeParse(await vault.get(KEY))
  if (stored.success) return stored.data
  const id = newId()
  await vault.set(KEY, id)
  return id
}

/** What to call a machine by what its browser says of itself, such as "Desktop app on Windows". */
export function deviceName(userAgent: string): string {
  const app = / Electron\//.test(userAgent) ? 'Desktop app' : 'Browser'
  const system = /Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux/.exec(userAgent)?.[0]
  return system === undefined ? app : `${app} on ${system === 'Mac OS X' ? 'macOS' : system}`
}
