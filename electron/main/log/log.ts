import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Everything that is ever written to the log: a closed list, so that no sentence with a name slips in. */
export const LOG_EVENTS = [
  'app.started',
  'app.second-start',
  'app.quit',
  'app.failed',
  'config.refused',
  'config.saved',
  'config.unsaved',
  'download.refused',
  'file.unsaved',
  'file.half-left',
  'ipc.refused',
  'ipc.failed',
  'link.refused',
  'link.failed',
  'lock.locked',
  'lock.unlocked',
  'lock.wrong-pin',
  'navigation.refused',
  'opening.refused',
  'redirect.refused',
  'webview.refused',
  'permission.refused',
  'preferences.unreadable',
  'preferences.unsaved',
  'secret.unavailable',
  'secret.unreadable',
  'secret.unsaved',
  'update.failed',
  'update.ready',
  'window.state-unreadable',
  'window.state-unsaved',
  'window.load-failed',
  'window.reloaded',
  'power.resumed',
  'process.gone',
] as const
export type LogEvent = (typeof LOG_EVENTS)[number]

/** Facts of an event: numbers and yes/no only. Of an error, its class and code are kept, never its text. */
export interface LogFacts {
  /** Of a process: its exit code. */
  readonly exitCode?: number
  readonly packaged?: boolean
  readonly error?: unknown
}

/** Writes one line per event. Never throws: a full disk must not take the app down. */
export interface Log {
  readonly info: (event: LogEvent, facts?: LogFacts) => void
  readonly warn: (event: LogEvent, facts?: LogFacts) => void
}

/** Where the log goes and which clock it uses. */
export interface LogOptions {
  readonly file: string
  readonly now: () => Date
  /** Size in bytes at which the file is put aside as `<file>.old` when the app starts. */
  readonly maxBytes?: number
}

/** Opens a log of JSON lines without personal data: times, event names, numbers, error codes. */
export function openLog({ file, now, maxBytes = 1_000_000 }: LogOptions): Log {
  attempt(() => {
    mkdirSync(dirname(file), { recursive: true })
    if (existsSync(file) && statSync(file).size > maxBytes) renameSync(file, `${file}.old`)
  })
  const write =
    (level: 'info' | 'warn') =>
    (event: LogEvent, facts: LogFacts = {}): void => {
      const line = JSON.stringify({ at: now().toISOString(), level, event, ...plainFacts(facts) })
      attempt(() => appendFileSync(file, `${line}\n`, { mode: 0o600 }))
    }
  return { info: write('info'), warn: write('warn') }
}

function plainFacts(facts: LogFacts): Record<string, number | boolean | string> {
  const plain: Record<string, number | boolean | string> = {}
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number' || typeof value === 'boolean') plain[name] = value
    else if (name === 'error') plain[name] = errorCode(value)
  }
  return plain
}

/** `ENOSPC`, `TypeError`, …: enough to look a failure up, with nothing a person typed in it. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(error.code)
  return code ? String(error.code) : error.constructor.name
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Nowhere to report to: the log is the place of last resort.
  }
}
