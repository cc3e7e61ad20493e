import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { type FolderLock, LOCK_FILE, lockFolder } from './folder-lock.ts'

const secretsSchema = z.object({
  jwtSecret: z.string().min(32),
  publishableKey: z.string().min(1),
  secretKey: z.string().min(1),
  postgresPassword: z.string().min(1),
  authenticatorPassword: z.string().min(1),
})
/** Keys and passwords of one backend: made with the folder, kept in it. */
export type BackendSecrets = z.infer<typeof secretsSchema>

/** A locked data folder. */
export interface DataFolder {
  readonly path: string
  /** Where Postgres keeps its files. */
  readonly cluster: string
  readonly secrets: BackendSecrets
  /** False: the cluster is to be made with `create`. */
  readonly exists: boolean
  /** Runs `makeCluster` on a fresh folder and puts it in place when it is whole. */
  readonly create: (makeCluster: (folder: string) => Promise<Result<null>>) => Promise<Result<null>>
  readonly release: () => void
}

const CLUSTER = 'postgres'
const NEW_CLUSTER = 'postgres.new-'
const SECRETS = 'secrets.json'
const NEW_SECRETS = 'secrets.new.json'
const OURS = new Set([CLUSTER, SECRETS, NEW_SECRETS])
const POSTGRES_MAJOR = '18'

/**
 * Opens and locks a data folder, making it where it is missing. A folder in which something is
 * wrong is left as it is. Fails with `folder_not_writable`, `not_a_data_folder`, `folder_in_use`
 * or `folder_damaged`.
 */
export async function openDataFolder(path: string): Promise<Result<DataFolder>> {
  let names: string[]
  try {
    await mkdir(path, { recursive: true })
    names = await readdir(path)
  } catch {
    return fail('folder_not_writable', `The data folder ${path} can't be made or read. Choose another one with --data.`)
  }
  const foreign = names.find(
    (name) => !OURS.has(name) && ![NEW_CLUSTER, LOCK_FILE, '.'].some((start) => name.startsWith(start)),
  )
  if (foreign !== undefined) {
    return fail(
      'not_a_data_folder',
      `${path} holds other files (${foreign}). Give the backend an empty folder of its own with --data.`,
    )
  }
  const lock = lockFolder(path)
  if (!lock.ok) return lock
  const opened = await open(path, lock.value)
  if (!opened.ok) lock.value.release()
  return opened
}

async function open(path: string, lock: FolderLock): Promise<Result<DataFolder>> {
  // Read again under the lock: another process may just have finished making it.
  const names = new Set(await readdir(path))
  const cluster = join(path, CLUSTER)
  const folder = { path, cluster, release: lock.release }

  if (!names.has(SECRETS)) {
    if (names.has(CLUSTER) && !names.has(NEW_SECRETS)) return damaged(path, `${SECRETS} is missing`)
    const kept = names.has(CLUSTER) ? await readSecrets(join(path, NEW_SECRETS)) : null
    if (kept !== null) {
      // Stopped between the last two steps of `create`.
      await rename(join(path, NEW_SECRETS), join(path, SECRETS))
      return ok({ ...folder, secrets: kept, exists: true, create: refuseCreate })
    }
    const secrets = makeSecrets()
    return ok({
      ...folder,
      secrets,
      exists: false,
      create: (makeCluster) => createCluster(path, secrets, makeCluster),
    })
  }

  const secrets = await readSecrets(join(path, SECRETS))
  if (secrets === null) return damaged(path, `${SECRETS} can't be read`)
  const fault = await clusterFault(cluster)
  if (fault !== null) return damaged(path, fault)
  return ok({ ...folder, secrets, exists: true, create: refuseCreate })
}

/** The sentence for a folder that can't be used. */
export function damaged(path: string, fault: string): ReturnType<typeof fail> {
  return fail(
    'folder_damaged',
    `The data folder ${path} is damaged: ${fault}. Restore it from a backup, or move it away to start afresh; nothing in it was changed.`,
  )
}

async function refuseCreate(): Promise<never> {
  throw new Error('The cluster exists already.')
}

async function createCluster(
  path: string,
  secrets: BackendSecrets,
  makeCluster: (folder: string) => Promise<Result<null>>,
): Promise<Result<null>> {
  // A name of its own: the initdb of a killed start may still be writing into the last one.
  const fresh = join(path, NEW_CLUSTER + crypto.randomUUID().slice(0, 8))
  try {
    // The system user `postgres` must be able to walk through, where we are root.
    if (process.getuid?.() === 0) await chmod(path, 0o711)
    await removeLeftovers(path)
    await writeFile(join(path, NEW_SECRETS), JSON.stringify(secrets, null, 2), { mode: 0o600 })
    const made = await makeCluster(fresh)
    if (!made.ok) {
      await rm(fresh, { recursive: true, force: true })
      await rm(join(path, NEW_SECRETS), { force: true })
      return made
    }
    await rename(fresh, join(path, CLUSTER))
    await rename(join(path, NEW_SECRETS), join(path, SECRETS))
    return ok(null)
  } catch {
    return fail('folder_not_writable', `The data folder ${path} can't be written. Choose another one with --data.`)
  }
}

async function removeLeftovers(path: string): Promise<void> {
  for (const name of (await readdir(path)).filter((each) => each.startsWith(NEW_CLUSTER))) {
    // Not worth failing for: the next start tries again.
    await rm(join(path, name), { recursive: true, force: true }).catch(() => {})
  }
}

function makeSecrets(): BackendSecrets {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  return {
    jwtSecret: random(48),
    publishableKey: `sb_publishable_${random(18)}`,
    secretKey: `sb_secret_${random(18)}`,
    postgresPassword: randomBytes(18).toString('hex'),
    authenticatorPassword: randomBytes(18).toString('hex'),
  }
}

async function readSecrets(file: string): Promise<BackendSecrets | null> {
  try {
    const parsed = secretsSchema.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Cheap checks before Postgres is let loose on the files; the rest it finds itself. */
async function clusterFault(cluster: string): Promise<string | null> {
  let version: string
  try {
    version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch {
    return 'PG_VERSION is missing'
  }
  if (version !== POSTGRES_MAJOR) {
    return /^\d{1,3}$/.test(version)
      ? `it was made by Postgres ${version}, and this is Postgres ${POSTGRES_MAJOR}`
      : 'PG_VERSION holds no version'
  }
  const control = await stat(join(cluster, 'global', 'pg_control')).catch(() => null)
  return control === null || control.size === 0 ? 'global/pg_control is missing' : null
}
