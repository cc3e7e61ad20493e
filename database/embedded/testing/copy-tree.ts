import { chown, copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Copies a folder with its owners and modes, leaving out what is named at its top. Files that vanish
 * meanwhile are left out, too: Postgres makes and removes files while it is backed up.
 */
export async function copyTree(from: string, to: string, without: readonly string[]): Promise<void> {
  const { uid, gid, mode } = await stat(from)
  await mkdir(to, { mode })
  await own(to, uid, gid)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (without.includes(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target, [])
    else await copyFile(source, target).then(() => own(target, uid, gid), ignoreMissing)
  }
}

/** Gives a new file to the owner of another one. */
export async function ownLike(path: string, model: string): Promise<void> {
  const { uid, gid } = await stat(model)
  await own(path, uid, gid)
}

async function own(path: string, uid: number, gid: number): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, uid, gid)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
