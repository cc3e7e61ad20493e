import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Clears what a killed parent left behind: a Postgres that still runs on this folder is stopped
 * (fast, then at once), a pid file that names no such process is removed. Call it only while
 * holding the folder's lock, so that a Postgres found here has no parent any more.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const pid = await readPid(pidFile)
  if (pid === null) return
  if (await isPostgresOn(pid, cluster)) {
    for (const [signal, patience] of [
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
    ] as const) {
      try {
        process.kill(pid, signal)
      } catch {
        break
      }
      if (await isGone(pid, patience)) break
    }
  }
  // Postgres refuses to start when the number in its pid file belongs to somebody else by now.
  if (!(await isPostgresOn(pid, cluster))) await rm(pidFile, { force: true })
}

async function readPid(file: string): Promise<number | null> {
  try {
    const pid = Number.parseInt((await readFile(file, 'utf8')).split('\n')[0] ?? '', 10)
    return Number.isInteger(pid) && pid > 1 ? pid : null
  } catch {
    return null
  }
}

/** Really ours: the process's command line names this folder. */
async function isPostgresOn(pid: number, cluster: string): Promise<boolean> {
  return (await commandLine(pid)).includes(cluster)
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    if (process.platform === 'win32') {
      const query = `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`
      return (await run('powershell', ['-NoProfile', '-Command', query])).stdout
    }
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout
  } catch {
    return ''
  }
}

async function isGone(pid: number, patience: number): Promise<boolean> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    if ((await commandLine(pid)) === '') return true
    await wait(50)
  }
  return false
}
