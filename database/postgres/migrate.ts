import postgres from 'postgres'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { MIGRATIONS_DIRECTORY, planMigrations, readMigrationFiles } from './migration-files.ts'

/** What a run of the migrator did. */
export interface MigrationReport {
  /** Names of the files applied now, in order. */
  readonly applied: readonly string[]
  /** How many the database had before. */
  readonly already: number
}

export interface MigrateOptions {
  /** `postgres://` URL of a role that may create tables and bypasses row-level security. */
  readonly url: string
  /** Folder of the files; the product's own by default. */
  readonly directory?: string
  /** Called after each file that was applied. */
  readonly onApplied?: (name: string) => void
}

/** Any number, the same for every migrator and rollback: two of them never run at once on one database. */
export const MIGRATION_LOCK_KEY = 7_265_837_001n

/** The migrator's own memory; not in `public`, so that no API shows it. */
const PREPARE = `
  create schema if not exists migrations;
  revoke all on schema migrations from public;
  create table if not exists migrations.applied_files (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  alter table migrations.applied_files enable row level security;
  alter table migrations.applied_files force row level security;`

/**
 * Brings a Postgres with Supabase's roles up to date: takes a lock, checks that the files applied
 * before are unchanged and in order, applies each new one in a transaction of its own.
 *
 * Fails with `unreachable`, `migration_failed` (that file left nothing behind; the ones before it
 * stay), or the codes of `readMigrationFiles` and `planMigrations`.
 */
export async function migrate(options: MigrateOptions): Promise<Result<MigrationReport>> {
  const files = await readMigrationFiles(options.directory ?? MIGRATIONS_DIRECTORY)
  if (!files.ok) return files

  const sql = postgres(options.url, { max: 1, onnotice: () => {}, connect_timeout: 10, prepare: false })
  try {
    try {
      // A session lock on the one connection of this pool; it goes with the connection.
      await sql`select pg_advisory_lock(${MIGRATION_LOCK_KEY.toString()}::bigint)`
    } catch (error) {
      return fail('unreachable', `The database can't be reached: ${sentence(error)} Check --url.`)
    }
    try {
      await sql.begin((tx) => tx.unsafe(PREPARE).simple())
    } catch (error) {
      return fail('migration_failed', `This role may not deploy here: ${sentence(error)}`)
    }
    const applied = await sql<{ name: string; checksum: string }[]>`
      select name, checksum from migrations.applied_files order by name`
    const plan = planMigrations(files.value, applied)
    if (!plan.ok) return plan

    const names: string[] = []
    for (const file of plan.value) {
      try {
        await sql.begin(async (tx) => {
          await tx.unsafe(file.sql).simple()
          await tx`insert into migrations.applied_files (name, checksum) values (${file.name}, ${file.checksum})`
        })
      } catch (error) {
        return fail('migration_failed', `${file.name} failed and left nothing behind: ${sentence(error)}`)
      }
      names.push(file.name)
      options.onApplied?.(file.name)
    }
    return ok({ applied: names, already: applied.length })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n')[0]?.trim() ?? ''
  return line.endsWith('.') ? line : `${line}.`
}
