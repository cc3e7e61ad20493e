import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '#shared/util/result.ts'

/** One migration, as it lies in the folder. */
export interface MigrationFile {
  /** File name, such as `20261122000100_roles_and_schemas.sql`: its order and its identity. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text, hex. Line ends are normalised: a checkout on Windows is no change. */
  readonly checksum: string
}

const NAME_PATTERN = /^\d{14}_[a-z0-9_]+\.sql$/

/** Where the product's migrations lie. */
export const MIGRATIONS_DIRECTORY = join(import.meta.dirname, 'migrations')

/**
 * Reads the migrations of a folder in order.
 * Fails with `migrations_unreadable`, or `bad_migration_name` for a `.sql` file that the order can't place.
 */
export async function readMigrationFiles(directory: string): Promise<Result<MigrationFile[]>> {
  let names: string[]
  try {
    names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  } catch {
    return fail('migrations_unreadable', `The folder of migrations ${directory} can't be read.`)
  }
  const files: MigrationFile[] = []
  for (const name of names) {
    if (!NAME_PATTERN.test(name)) {
      return fail('bad_migration_name', `Rename ${name}: a migration is called YYYYMMDDHHMMSS_what_it_does.sql.`)
    }
    const sql = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
    files.push({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') })
  }
  return ok(files)
}

/** A migration that a database has. */
export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
}

/**
 * Which files are still to be applied, given what the database has. Pure.
 * Fails with `migration_changed`, `migration_missing` (the database is newer than the files) or
 * `migration_out_of_order` (a new file sorts before an applied one).
 */
export function planMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): Result<MigrationFile[]> {
  const byName = new Map(files.map((file) => [file.name, file]))
  let last = ''
  for (const done of applied) {
    const file = byName.get(done.name)
    if (file === undefined) {
      return fail(
        'migration_missing',
        `The database has ${done.name}, which is not among the files. Deploy with the newer version.`,
      )
    }
    if (file.checksum !== done.checksum) {
      return fail(
        'migration_changed',
        `${done.name} was changed after it was applied. Undo the change and put it into a new file.`,
      )
    }
    if (done.name > last) last = done.name
  }
  const names = new Set(applied.map((done) => done.name))
  const pending = files.filter((file) => !names.has(file.name))
  const early = pending.find((file) => file.name < last)
  if (early !== undefined) {
    return fail(
      'migration_out_of_order',
      `${early.name} sorts before ${last}, which was applied. Give it a later name.`,
    )
  }
  return ok(pending)
}
