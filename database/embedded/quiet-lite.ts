import { AsyncLocalStorage } from 'node:async_hooks'

type Log = (line: string) => void

const scope = new AsyncLocalStorage<Log>()
let installed = false

/**
 * Runs `work` with Supabase Lite's `console.error` turned into one line of the given log: it prints
 * every refused statement with stack and details, which hold personal data, and a terminal full
 * of stacks says nothing to whoever started the demo. Other callers' `console.error` is untouched.
 */
export function quietly<T>(log: Log, work: () => Promise<T>): Promise<T> {
  install()
  return scope.run(log, work)
}

function install(): void {
  if (installed) return
  installed = true
  const original = console.error.bind(console)
  console.error = (...values: unknown[]) => {
    const log = scope.getStore()
    if (log === undefined) original(...values)
    else log(`api: ${values.map(codeOf).join(' ')}`)
  }
}

/** What may be logged of an error: its code. */
function codeOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'code' in value) return `error ${String(value.code)}`
  return value instanceof Error ? value.name : 'error'
}
