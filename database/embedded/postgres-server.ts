import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fail, ok, type Result } from '#shared/util/result.ts'
import { damaged } from './data-folder.ts'
import { freePort } from './free-port.ts'
import type { PostgresBinaries, PostgresUser } from './postgres-binaries.ts'
import { stopOrphan } from './postgres-orphan.ts'
import { runAs } from './run-as.ts'

export interface PostgresHost {
  readonly binaries: PostgresBinaries
  readonly user: PostgresUser
  readonly onLog: (line: string) => void
}

/** Makes a cluster in `folder`, which must not exist. The superuser is `postgres`. Fails with `initdb_failed`. */
export async function makeCluster(host: PostgresHost, folder: string, password: string): Promise<Result<null>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const passwordFile = join(tmpdir(), `tradesphere-${crypto.randomUUID()}`)
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (host.user !== null) {
    await chown(folder, host.user.uid, host.user.gid)
    await chown(passwordFile, host.user.uid, host.user.gid)
  }
  try {
    const child = await start(host, folder, host.binaries.initdb, [
      `--pgdata=${folder}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // Its own collations, the same on every machine and under every system's locale.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      '--no-sync',
    ])
    const log = collectLog(child, host.onLog)
    const code = await exitCode(child)
    return code === 0 ? ok(null) : fail('initdb_failed', `Postgres could not make its files: ${log.fault()}.`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** A Postgres that accepts connections on 127.0.0.1. */
export interface RunningPostgres {
  readonly port: number
  /** Stops it orderly; resolves when it is gone. */
  readonly stop: () => Promise<void>
  /** Resolves when it ends, for whatever reason. */
  readonly ended: Promise<void>
}

/**
 * Starts Postgres on an existing cluster, on a port of its own choice. Stops an orphan first.
 * Fails with `folder_damaged` when Postgres refuses the files, `folder_not_writable` when it may not use them.
 */
export async function startPostgres(
  host: PostgresHost,
  path: string,
  cluster: string,
): Promise<Result<RunningPostgres>> {
  await stopOrphan(cluster)
  let fault = ''
  for (let attempt = 1; attempt <= 5; attempt++) {
    const port = await freePort()
    const outcome = await tryStart(host, cluster, port)
    if (outcome.kind === 'running') return ok(outcome.postgres)
    fault = outcome.fault
    // Worth another try: the port was snatched away, or the children of a killed Postgres still end.
    if (!/address already in use|could not bind|shared memory block|is being used|lock file/i.test(fault)) break
    await wait(300 * attempt)
  }
  return /permission denied|EACCES|EPERM/i.test(fault)
    ? fail(
        'folder_not_writable',
        `Postgres may not use the data folder ${path} (${fault}). Choose another one with --data.`,
      )
    : damaged(path, `Postgres says "${fault}"`)
}

type Outcome =
  | { readonly kind: 'running'; readonly postgres: RunningPostgres }
  | { readonly kind: 'refused'; readonly fault: string }

async function tryStart(host: PostgresHost, cluster: string, port: number): Promise<Outcome> {
  const settings = {
    listen_addresses: '127.0.0.1',
    // Several backends run side by side; nobody needs a socket file in a shared folder.
    unix_socket_directories: '',
    max_connections: '60',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    // Statements hold personal data; they stay out of the log.
    log_min_error_statement: 'panic',
    log_statement: 'none',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = await start(host, cluster, host.binaries.postgres, ['-D', cluster, '-p', String(port), ...args])
  const log = collectLog(child, host.onLog)
  const exited = exitCode(child)
  const ready = await Promise.race([log.ready, exited])
  if (ready !== 'ready') return { kind: 'refused', fault: log.fault() }

  // A process that ends without `stop` (an exception, process.exit) takes its Postgres along.
  const onExit = () => child.kill('SIGINT')
  process.once('exit', onExit)
  const stop = async () => {
    process.off('exit', onExit)
    // SIGINT: fast shutdown. Disconnects everybody, writes a checkpoint, ends.
    if (child.exitCode === null && child.signalCode === null)
      child.kill(process.platform === 'win32' ? 'SIGTERM' : 'SIGINT')
    await exited
  }
  return { kind: 'running', postgres: { port, stop, ended: exited.then(() => undefined) } }
}

async function start(
  host: PostgresHost,
  folder: string,
  program: string,
  args: readonly string[],
): Promise<ChildProcess> {
  const launch = await runAs(host.user, program, args, [folder])
  return spawn(launch.program, launch.args, {
    ...launch.identity,
    // A group of its own: Ctrl+C in a terminal is ours to handle, in order.
    detached: process.platform !== 'win32',
    // The default folder may be one that the user `postgres` can't enter.
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    },
  })
}

async function exitCode(child: ChildProcess): Promise<number> {
  try {
    const [code] = await once(child, 'close')
    return typeof code === 'number' ? code : -1
  } catch {
    // `error` instead of `close`: the program could not be run at all.
    return -1
  }
}

function collectLog(child: ChildProcess, onLog: (line: string) => void) {
  const recent: string[] = []
  let rest = ''
  const { promise: ready, resolve } = Promise.withResolvers<'ready'>()
  const take = (line: string) => {
    if (line.trim() === '') return
    recent.push(line)
    if (recent.length > 200) recent.shift()
    onLog(line)
    if (line.includes('database system is ready to accept connections')) resolve('ready')
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(take)
  })
  child.once('error', (error) => take(`FATAL:  ${error.message}`))
  /** The first line that says what went wrong, without time and level. */
  const fault = () => {
    const line =
      [...recent, rest].find((text) => /FATAL|PANIC|error:/i.test(text)) ?? recent.at(-1) ?? 'no reason given'
    return line
      .replace(/^.*?(FATAL|PANIC|error):\s*/i, '')
      .trim()
      .replace(/\.$/, '')
  }
  return { ready, fault }
}
