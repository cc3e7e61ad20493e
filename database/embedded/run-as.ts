import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PostgresUser } from './postgres-binaries.ts'

/** How to spawn a program as another user. */
export interface Launch {
  readonly program: string
  readonly args: readonly string[]
  /** For `spawn`; empty where the program changes the user itself. */
  readonly identity: { readonly uid?: number; readonly gid?: number }
}

/**
 * The command that runs `program` as `user`. A root's temporary folders and home are closed to
 * everybody else, the system user `postgres` included. Where `paths` lie in such a folder, the
 * program keeps one capability of root's, to walk through it (`setpriv` is in Debian's essential
 * util-linux); opening the folder to the whole machine was rejected.
 */
export async function runAs(
  user: PostgresUser,
  program: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Launch> {
  if (user === null) return { program, args, identity: {} }
  const closed = await Promise.all([program, ...paths].map((path) => isClosed(path, user)))
  const walk = closed.includes(true) ? await walkRights() : null
  if (walk === null) return { program, args, identity: user }
  return {
    program: 'setpriv',
    args: [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...walk, '--', program, ...args],
    identity: {},
  }
}

/** Whether a folder above `path` doesn't let the user through. */
async function isClosed(path: string, user: { readonly uid: number; readonly gid: number }): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return true
    if (folder === dirname(folder)) return false
  }
}

/** What lets `setpriv` hand on the weakest capability of ours that walks through closed folders. Null: we have none, or this is no Linux. */
async function walkRights(): Promise<readonly string[] | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  // Numbers of linux/capability.h.
  const has = (number: bigint): boolean => (effective & (1n << number)) !== 0n
  const capability = has(2n) ? 'dac_read_search' : has(1n) ? 'dac_override' : null
  if (capability === null) return null
  return [
    // Else access(2), by which Postgres looks for its own programs, asks without the capability.
    ...(has(8n) ? ['--securebits=+no_setuid_fixup'] : []),
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
  ]
}
