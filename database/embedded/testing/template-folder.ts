import { chmod, chown, cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBackend } from '../backend.ts'
import { postgresUser } from '../postgres-binaries.ts'

/** Names the data folder that backends of tests begin with; where it is not set, each makes its own from nothing. */
export const TEMPLATE = 'TRADESPHERE_TEST_TEMPLATE'

/** Vitest's global set-up: a folder with all migrations and nobody in it, made once for all files. */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tradesphere-template-'))
  const dataDir = join(folder, 'data')
  const started = await startBackend({ port: 0, dataDir, customers: null })
  if (!started.ok) throw new Error(started.error.message)
  await started.value.close()
  process.env[TEMPLATE] = dataDir
  return () => rm(folder, { recursive: true, force: true })
}

/** Copies the data folder of a backend that is stopped. */
export async function copyDataFolder(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  const user = await postgresUser()
  if (!user.ok) throw new Error(user.error.message)
  if (user.value === null) return
  // As when it was made: Postgres walks through as its own user, and owns its files.
  await chmod(to, 0o711)
  const { uid, gid } = user.value
  const cluster = join(to, 'postgres')
  const names = await readdir(cluster, { recursive: true })
  await Promise.all([cluster, ...names.map((name) => join(cluster, name))].map((path) => chown(path, uid, gid)))
}
