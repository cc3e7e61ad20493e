import { readdirSync, readFileSync } from 'node:fs'

/**
 * The memory of the largest page of the browsers that this process has started, in MB, as the kernel
 * counts it; null where there is no /proc.
 */
export function pageMemory(): number | null {
  try {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readProcess)
    const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]))
    const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0))
    const pages = processes.filter(({ pid, command }) => command.includes('--type=renderer') && isOurs(pid))
    return pages.length === 0 ? null : Math.max(...pages.map(({ resident }) => resident))
  } catch {
    return null
  }
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
  readonly resident: number
}

/** Nothing where it has ended meanwhile. */
function readProcess(pid: string): Process[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const numberOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return [{ pid: Number(pid), parent: numberOf('PPid'), command, resident: numberOf('VmRSS') / 1_024 }]
  } catch {
    return []
  }
}
