import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { z } from 'zod'
import { copyTree, ownLike } from '#database/embedded/testing/copy-tree.ts'
import { layTemplate } from '#database/embedded/testing/template-folder.ts'

const readySchema = z.object({ url: z.url(), publishableKey: z.string(), postgresUrl: z.string() })
type Ready = z.infer<typeof readySchema>

interface Running extends Ready {
  readonly child: ChildProcess
  readonly sql: postgres.Sql
}

/** Lines of the server's log that are kept; they are searched for personal data. */
const LOG_LINES = 20_000

/** Supabase's API on a real Postgres, in processes of their own: they are killed, backed up and restored. */
export class ChaosServer {
  readonly logs: string[] = []
  readonly #folder: string
  #running: Running
  #isUp = true
  #hasBackup = false

  private constructor(folder: string, running: Running) {
    this.#folder = folder
    this.#running = running
  }

  /** Starts on a folder of its own. Throws with the server's own words when it can't. */
  static async start(): Promise<ChaosServer> {
    const folder = await mkdtemp(join(tmpdir(), 'chaos-'))
    // Postgres runs as another user when we run as root: it must be able to pass through.
    await chmod(folder, 0o755)
    await layTemplate(join(folder, 'data'))
    const logs: string[] = []
    const server = new ChaosServer(folder, await launch(folder, 0, logs))
    server.logs.push(...logs)
    return server
  }

  get url(): string {
    return this.#running.url
  }

  get publishableKey(): string {
    return this.#running.publishableKey
  }

  /** Postgres itself, past every policy; another connection after a crash. */
  get sql(): postgres.Sql {
    return this.#running.sql
  }

  /** False while it was killed, and while a restored one is not whole yet. */
  get isUp(): boolean {
    return this.#isUp
  }

  /** To everybody it looks as if it were gone; it still does what it was asked before. */
  withdraw(): void {
    this.#isUp = false
  }

  /** SIGKILL to the API and to Postgres: nothing is flushed, nobody says goodbye. */
  async crash(): Promise<void> {
    this.#isUp = false
    const { child, sql } = this.#running
    const gone = once(child, 'exit')
    const [pid = ''] = (await readFile(join(this.#cluster, 'postmaster.pid'), 'utf8')).split('\n')
    child.kill('SIGKILL')
    process.kill(Number(pid), 'SIGKILL')
    await gone
    await sql.end({ timeout: 0 }).catch(() => undefined)
  }

  /** Starts it again at the same address, on what the crash has left. */
  async resume(): Promise<void> {
    await this.#launch()
    this.#isUp = true
  }

  /** A backup of the running server, as `pg_basebackup` takes one: files, and the log to make them whole. */
  async backUp(): Promise<void> {
    await rm(this.#backup, { recursive: true, force: true })
    const session = await this.sql.reserve()
    try {
      await session`select pg_backup_start('chaos', fast => true)`
      await copyTree(this.#cluster, this.#backup, ['pg_wal', 'postmaster.pid', 'postmaster.opts'])
      const [stopped] = await session<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`
      const label = join(this.#backup, 'backup_label')
      await writeFile(label, stopped?.labelfile ?? '')
      await ownLike(label, this.#cluster)
      await copyTree(join(this.#cluster, 'pg_wal'), join(this.#backup, 'pg_wal'), [])
      this.#hasBackup = true
    } finally {
      session.release()
    }
  }

  get hasBackup(): boolean {
    return this.#hasBackup
  }

  /** Crashes it and goes back to the backup, with the new epoch that an administrator starts then. */
  async restore(): Promise<void> {
    await this.crash()
    await rm(this.#cluster, { recursive: true, force: true })
    await rename(this.#backup, this.#cluster)
    this.#hasBackup = false
    await this.#launch()
    await this.sql`select private.start_new_sync_epoch()`
    this.#isUp = true
  }

  /** A token of the given claims, signed as the server signs. */
  async sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const { jwtSecret } = z
      .object({ jwtSecret: z.string() })
      .parse(JSON.parse(await readFile(join(this.#folder, 'data', 'secrets.json'), 'utf8')))
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(jwtSecret), algorithm, false, ['sign'])
    const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))
    return `${body}.${Buffer.from(signature).toString('base64url')}`
  }

  /** Ends it and removes its folder; with what is in there, no order is needed. */
  async close(): Promise<void> {
    if (this.#running.child.exitCode === null && this.#running.child.signalCode === null) await this.crash()
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  get #cluster(): string {
    return join(this.#folder, 'data', 'postgres')
  }

  get #backup(): string {
    return join(this.#folder, 'backup')
  }

  async #launch(): Promise<void> {
    this.#running = await launch(this.#folder, Number(new URL(this.url).port), this.logs)
  }
}

async function launch(folder: string, port: number, logs: string[]): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'backend-child.ts'), [String(port), join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<Ready>()
  const take = (line: string) => {
    if (line.startsWith('ready ')) resolve(readySchema.parse(JSON.parse(line.slice('ready '.length))))
    else if (logs.push(line) > LOG_LINES) logs.shift()
  }
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface(stream).on('line', take)
  child.once('exit', () => reject(new Error(`The backend ended: ${logs.slice(-3).join(' | ')}`)))
  const ready = await promise
  return { ...ready, child, sql: postgres(ready.postgresUrl, { max: 6, onnotice: () => undefined }) }
}
