import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The processes of npm that run this one, with the shells between them; none where npm doesn't.
 *
 * npm hands SIGTERM to the shell of its script, which dies of it without a word to the process below
 * (measured with dash). Whoever ends npm means that process, so it has to watch for itself. SIGINT to
 * npm alone the shell keeps to itself; Ctrl+C reaches everybody.
 */
export function npmAncestors(): number[] {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return []
  const found: { readonly pid: number; readonly isNpm: boolean }[] = []
  let pid = process.ppid
  while (pid > 1) {
    const { parent, command } = processInfo(pid)
    const isNpm = /(^|\/)npm(-cli\.js)?( |$)/.test(command)
    if (!isNpm && !/(^|\/)(ba|da|z)?sh -c /.test(command)) break
    found.push({ pid, isNpm })
    pid = parent
  }
  // A shell above the outermost npm is somebody else's.
  return found.slice(0, found.findLastIndex(({ isNpm }) => isNpm) + 1).map((ancestor) => ancestor.pid)
}

/** Calls back once when one of the processes is gone. Doesn't keep this process alive. */
export function whenGone(pids: readonly number[], gone: () => void): void {
  if (pids.length === 0) return
  const timer = setInterval(() => {
    if (pids.every(isAlive)) return
    clearInterval(timer)
    gone()
  }, 250)
  timer.unref()
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A process's parent and command line; parent 0 where it can't be asked. */
function processInfo(pid: number): { readonly parent: number; readonly command: string } {
  try {
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return { parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0), command }
    }
    const [parent = '0', ...command] = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/)
    return { parent: Number(parent), command: command.join(' ') }
  } catch {
    return { parent: 0, command: '' }
  }
}
