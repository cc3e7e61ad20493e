import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { MIGRATION_LOCK_KEY } from './migrate.ts'

/** Where the undoing of each migration lies, under the migration's name. */
export const ROLLBACK_DIRECTORY = join(import.meta.dirname, 'rollback')

/** `to` of a rollback that leaves nothing of the product: a legacy database as it was. */
export const EVERYTHING = 'nothing'

export interface RollbackOptions {
  /** `postgres://` URL of the role that deployed. */
  readonly url: string
  /** Name of the last migration to keep, with or without `.sql`; `nothing` keeps none. */
  readonly to: string
  /** Folder of the files; the product's own by default. */
  readonly directory?: string
  /** Called after each migration that was undone. */
  readonly onUndone?: (name: string) => void
}

/**
 * Undoes migrations, newest first, each in a transaction of its own; returns their names. Every file
 * that is needed is read before anything is undone.
 *
 * Fails with `unreachable`, `unknown_migration` (`to` is not applied here), `rollback_missing`, or
 * `rollback_failed` (that migration is still whole; the newer ones are undone).
 */
export async function rollback(options: RollbackOptions): Promise<Result<string[]>> {
  return withConnection(options.url, async (sql) => {
    const applied = await appliedNames(sql)
    const to = options.to === EVERYTHING ? '' : `${options.to.replace(/\.sql$/, '')}.sql`
    if (to !== '' && !applied.includes(to)) {
      return fail(
        'unknown_migration',
        `${options.to} is not applied here. The newest one is ${applied.at(-1) ?? 'none'}.`,
      )
    }
    const files: { readonly name: string; readonly text: string }[] = []
    for (const name of applied.filter((one) => one > to).toReversed()) {
      try {
        files.push({ name, text: await readFile(join(options.directory ?? ROLLBACK_DIRECTORY, name), 'utf8') })
      } catch {
        return fail('rollback_missing', `There is no rollback for ${name}; nothing was undone.`)
      }
    }
    for (const { name, text } of files) {
      try {
        await sql.begin(async (tx) => {
          await tx.unsafe(text).simple()
          await tx`delete from migrations.applied_files where name = ${name}`
        })
      } catch (error) {
        return fail('rollback_failed', `${name} could not be undone and is still whole: ${sentence(error)}`)
      }
      options.onUndone?.(name)
    }
    return ok(files.map((file) => file.name))
  })
}

/**
 * The emergency brake: chats go on being written, nothing is linked or kept in step any more. With
 * `on`, the triggers run again and the chats that came meanwhile are linked. Returns how many
 * batches of them there were. Fails with `unreachable` or `not_deployed`.
 */
export async function switchChatSync(url: string, on: boolean): Promise<Result<number>> {
  return withConnection(url, async (sql) => {
    const [found] = await sql<{ there: boolean }[]>`
      select to_regprocedure('private.set_chat_sync(boolean)') is not null as there`
    if (found?.there !== true)
      return fail('not_deployed', 'There are no triggers here to switch. Run db:migrate first.')
    await sql`select private.set_chat_sync(${on})`
    let batches = 0
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; on; batches++) {
      const rows: readonly { last: string | null }[] =
        await sql`select private.link_waiting_chats(${after}, 500) as last`
      after = rows[0]?.last ?? null
      if (after === null) break
    }
    return ok(batches)
  })
}

async function withConnection<T>(url: string, work: (sql: Sql) => Promise<Result<T>>): Promise<Result<T>> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10, prepare: false })
  try {
    try {
      await sql`select pg_advisory_lock(${MIGRATION_LOCK_KEY.toString()}::bigint)`
    } catch (error) {
      return fail('unreachable', `The database can't be reached: ${sentence(error)} Check --url.`)
    }
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function appliedNames(sql: Sql): Promise<string[]> {
  const [found] = await sql<{ there: boolean }[]>`select to_regclass('migrations.applied_files') is not null as there`
  if (found?.there !== true) return []
  return z
    .array(z.object({ name: z.string() }))
    .parse(await sql`select name from migrations.applied_files order by name`)
    .map((row) => row.name)
}

function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n')[0]?.trim() ?? ''
  return line.endsWith('.') ? line : `${line}.`
}
