import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { startBackend } from '../backend.ts'
import { copyTree } from './copy-tree.ts'

/** Names the data folder that backends of tests begin with; where it is not set, each makes its own from nothing. */
const TEMPLATE = 'TRADESPHERE_TEST_TEMPLATE'

/** Vitest's global set-up: a folder with all migrations and nobody in it, made once for all files. */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tradesphere-template-'))
  const dataDir = join(folder, 'data')
  const started = await startBackend({ port: 0, dataDir, customers: null })
  if (!started.ok) throw new Error(started.error.message)
  const sql = postgres(started.value.postgresUrl, { max: 1 })
  // Tests kill processes, never the machine: what Postgres has handed to the system is safe there.
  await sql`alter system set fsync = off`
  await sql.end()
  await started.value.close()
  process.env[TEMPLATE] = dataDir
  return () => rm(folder, { recursive: true, force: true })
}

/** Begins a data folder with the template, where there is one. */
export async function layTemplate(dataDir: string): Promise<void> {
  const template = process.env[TEMPLATE]
  if (template !== undefined) await copyTree(template, dataDir, [])
}

/** From now on as people run it, not as the template: for tests of what is lost, and of how long something takes. */
export async function useOwnSettings(sql: Sql): Promise<void> {
  await sql`alter system reset all`
  await sql`select pg_reload_conf()`
}
