import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { type Backend, startBackend } from './backend.ts'
import { copyTree } from './testing/copy-tree.ts'
import { runScript } from './testing/run-script.ts'
import { layTemplate, useOwnSettings } from './testing/template-folder.ts'
import { COMPANY_A, COMPANY_B, client, user } from './testing/test-backend.ts'

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'backend.ts')

let root: string
/** A data folder that was made and stopped in order; tests work on copies of it. */
let kept: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tradesphere-test-'))
  kept = join(root, 'kept')
  await layTemplate(kept)
  const backend = await started({ dataDir: kept })
  const sql = postgres(backend.postgresUrl, { max: 1 })
  await useOwnSettings(sql)
  await sql.end()
  await backend.close()
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function started(options: { dataDir: string; port?: number; customers?: number }): Promise<Backend> {
  const result = await startBackend({ port: 0, customers: 20, ...options })
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function failure(options: { dataDir: string; port?: number }) {
  const result = await startBackend({ port: 0, customers: 20, ...options })
  if (result.ok) {
    await result.value.close()
    throw new Error('The backend started.')
  }
  // One sentence or two for a person: no stack, no line breaks.
  expect(result.error.message).not.toMatch(/\n|at \w+ \(/)
  return result.error
}

async function copyOfKept(name: string): Promise<string> {
  const folder = join(root, name)
  await copyTree(kept, folder, [])
  return folder
}

/** Every file with its size and the time of its last change, which nobody can set: to see that nothing was touched. */
async function snapshot(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('lock.sqlite')) continue
    const path = join(entry.parentPath, entry.name)
    const { size, ctimeNs } = await stat(path, { bigint: true })
    files.set(path, `${size} ${ctimeNs}`)
  }
  return files
}

async function countCustomers(backend: Backend): Promise<Record<string, number>> {
  const sql = postgres(backend.postgresUrl, { max: 1 })
  try {
    const rows = await sql<
      { company_id: string; n: number }[]
    >`select company_id, count(*)::int as n from public.customers group by 1`
    return Object.fromEntries(rows.map((row) => [row.company_id, row.n]))
  } finally {
    await sql.end()
  }
}

describe('keeping data', () => {
  test('SY-2: a stopped backend goes on with its data, its keys and its passwords', async () => {
    const first = await started({ dataDir: kept })
    expect(await countCustomers(first)).toEqual({ [COMPANY_A]: 20, [COMPANY_B]: 5 })
    const supabase = await client(first, user('sales'))
    const { error } = await supabase.from('customers').insert({ company_id: COMPANY_A, customer_name: 'Kept' })
    expect(error).toBeNull()
    await first.close()
    await expect(fetch(first.url)).rejects.toThrow()

    const second = await started({ dataDir: kept, customers: 500 })
    expect(await countCustomers(second)).toEqual({ [COMPANY_A]: 21, [COMPANY_B]: 5 })
    expect(second.publishableKey).toBe(first.publishableKey)
    expect(
      (await (await client(second, user('sales'))).from('customers').select('id').eq('customer_name', 'Kept')).data,
    ).toHaveLength(1)
    await second.close()
    await second.close()
  })

  test('SY-2: a request that does not come to an end does not keep the backend from stopping', async () => {
    const backend = await started({ dataDir: await copyOfKept('busy') })
    const supabase = await client(backend, user('sales'))
    const sql = postgres(backend.postgresUrl, { max: 1, onnotice: () => {} })
    await sql.unsafe('begin; lock table public.customers in access exclusive mode')
    const leaving = new AbortController()
    const asked = supabase.from('customers').select('id').abortSignal(leaving.signal)
    const ended = asked.then(({ error }) => error)
    await wait(300)
    const from = performance.now()
    leaving.abort()
    await backend.close()
    // Statements may take 8 s; nobody waits for those of a client that has gone away.
    expect(performance.now() - from).toBeLessThan(7_000)
    expect(await ended).not.toBeNull()
    await sql.end({ timeout: 1 }).catch(() => undefined)
  })

  test('SY-2: a backend that is started while the one before still stops waits for the folder', async () => {
    const dataDir = await copyOfKept('again')
    const { child: first } = await spawnBackend(dataDir)
    first.kill('SIGTERM')
    const second = await started({ dataDir })
    expect(await countCustomers(second)).toMatchObject({ [COMPANY_B]: 5 })
    await second.close()
  })

  test('SY-2: several backends run side by side', async () => {
    const [one, two] = await Promise.all([
      started({ dataDir: join(root, 'one') }),
      started({ dataDir: join(root, 'two'), customers: 8 }),
    ])
    expect(one.url).not.toBe(two.url)
    expect(one.secretKey).not.toBe(two.secretKey)
    expect(await countCustomers(one)).toEqual({ [COMPANY_A]: 20, [COMPANY_B]: 5 })
    expect(await countCustomers(two)).toEqual({ [COMPANY_A]: 8, [COMPANY_B]: 2 })
    await Promise.all([one.close(), two.close()])
  })

  test('UI-6: other paths are answered by the host of the app', async () => {
    const result = await startBackend({
      port: 0,
      dataDir: kept,
      customers: 0,
      fallback: async (request) => new Response(`app at ${new URL(request.url).pathname}`),
    })
    if (!result.ok) throw new Error(result.error.message)
    expect(await (await fetch(`${result.value.url}/customers/1`)).text()).toBe('app at /customers/1')
    expect((await fetch(`${result.value.url}/rest/v1/customers`)).status).toBe(401)
    await result.value.close()
  })
})

describe('refusing with a sentence', () => {
  let whole: string
  beforeAll(async () => {
    whole = await copyOfKept('damaged')
  })

  test('UI-6: a port that is taken is named, and the folder is not even made', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const dataDir = join(root, 'never')
    const error = await failure({ dataDir, port })
    server.close()
    expect(error.code).toBe('port_taken')
    expect(error.message).toContain(String(port))
    await expect(stat(dataDir)).rejects.toThrow()
  })

  test('UI-6: a folder in use is left alone, by this process and by another one', async () => {
    const backend = await started({ dataDir: kept })
    // Both wait for a while, in case the first one is leaving.
    const other = runScript('backend.ts', '--port', '0', '--data', kept)
    expect(await failure({ dataDir: kept })).toMatchObject({ code: 'folder_in_use' })
    const { code, stderr } = await other
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Another backend is using the data folder .*\n$/)
    expect(await countCustomers(backend)).toMatchObject({ [COMPANY_B]: 5 })
    await backend.close()
  })

  // What each damages, and what is there instead; null: nothing.
  test.each([
    ['PG_VERSION is missing', 'postgres/PG_VERSION', null],
    ['PG_VERSION is garbage', 'postgres/PG_VERSION', 'garbage\n'],
    ['PG_VERSION is of another version', 'postgres/PG_VERSION', '14\n'],
    ['pg_control is missing', 'postgres/global/pg_control', null],
    ['pg_control is garbage', 'postgres/global/pg_control', '\x07'.repeat(8_192)],
    ['the settings are missing', 'postgres/postgresql.conf', null],
    ['the secrets are missing', 'secrets.json', null],
    ['the secrets are garbage', 'secrets.json', '{'],
    ['the cluster is missing', 'postgres', null],
  ])('UI-6: a damaged folder (%s) is named and left untouched', async (_, path, instead) => {
    const place = join(whole, path)
    const aside = join(root, 'aside')
    const content = instead === null ? null : await readFile(place)
    if (instead === null) await rename(place, aside)
    else await writeFile(place, instead)
    onTestFinished(() => (content === null ? rename(aside, place) : writeFile(place, content)))
    const before = await snapshot(whole)
    const error = await failure({ dataDir: whole })
    expect(error.code).toBe('folder_damaged')
    expect(error.message).toContain(whole)
    expect(error.message).toMatch(/Restore it from a backup, or move it away/)
    expect(await snapshot(whole)).toEqual(before)
  })

  test('UI-6: the folder whose damages were mended starts', async () => {
    const backend = await started({ dataDir: whole })
    expect(await countCustomers(backend)).toMatchObject({ [COMPANY_B]: 5 })
    await backend.close()
  })

  test('UI-6: a folder full of other files is not taken over', async () => {
    const folder = join(root, 'documents')
    await mkdir(folder)
    await writeFile(join(folder, 'letter.txt'), 'Dear Sir')
    expect(await failure({ dataDir: folder })).toMatchObject({ code: 'not_a_data_folder' })
    expect(await readdir(folder)).toEqual(['letter.txt'])
  })

  test('UI-6: a place where no folder can be is named', async () => {
    await writeFile(join(root, 'a file'), '')
    expect(await failure({ dataDir: join(root, 'a file', 'data') })).toMatchObject({ code: 'folder_not_writable' })
  })
})

const readySchema = z.object({
  url: z.url(),
  publishableKey: z.string().startsWith('sb_publishable_'),
  secretKey: z.string().startsWith('sb_secret_'),
  postgresUrl: z.string().startsWith('postgres://'),
  users: z
    .array(z.object({ email: z.string(), password: z.string(), role: z.string(), company: z.string() }))
    .length(10),
})

/** Starts the script and waits for its `ready` line. */
async function spawnBackend(
  folder: string,
): Promise<{ child: ChildProcess; ready: z.infer<typeof readySchema>; output: () => string }> {
  const child = spawn(process.execPath, [SCRIPT, '--port', '0', '--data', folder, '--customers', '20'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ready = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      output += text
      if (output.includes('\n')) resolve(output)
    })
    child.stderr.on('data', (text) => {
      output += text
    })
    child.once('close', () => reject(new Error(output)))
  })
  expect(ready).toMatch(/^ready \{.*\}\n$/)
  return { child, ready: readySchema.parse(JSON.parse(ready.slice('ready '.length))), output: () => output }
}

async function postmasterPid(folder: string): Promise<number> {
  return Number.parseInt((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0] ?? '', 10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(check: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(50)) if (check()) return true
  return check()
}

describe('the command', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('SY-2: prints one line and ends cleanly on %s', async (signal) => {
    const { child, ready, output } = await spawnBackend(kept)
    const pid = await postmasterPid(kept)
    expect(new Set(ready.users.map(({ company }) => company)).size).toBe(2)
    expect((await fetch(`${ready.url}/auth/v1/health`)).status).toBeLessThan(500)
    child.kill(signal)
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(output().split('\n')).toHaveLength(2)
  })
})

describe.concurrent('killed', () => {
  test('SY-2: after SIGKILL the next start stops the orphaned Postgres and goes on without loss', async () => {
    const folder = await copyOfKept('killed')
    const { child, ready } = await spawnBackend(folder)
    const orphan = await postmasterPid(folder)
    const supabase = await client({ ...ready, users: [], close: async () => {} }, user('sales'))
    expect(
      (await supabase.from('customers').insert({ company_id: COMPANY_A, customer_name: 'Before the kill' })).error,
    ).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(isAlive(orphan)).toBe(true)
    const sql = postgres(ready.postgresUrl, { max: 1 })
    expect(await sql`show fsync`).toEqual([{ fsync: 'on' }])
    await sql.end()

    const backend = await started({ dataDir: folder })
    expect(await until(() => !isAlive(orphan), 5_000)).toBe(true)
    expect(await postmasterPid(folder)).not.toBe(orphan)
    const found = await (await client(backend, user('sales')))
      .from('customers')
      .select('id')
      .eq('customer_name', 'Before the kill')
    expect(found.data).toHaveLength(1)
    await backend.close()
  })

  test('SY-2: parent and Postgres both killed: the pid file that stays is no hindrance', async () => {
    const folder = await copyOfKept('both killed')
    const { child } = await spawnBackend(folder)
    const pid = await postmasterPid(folder)
    child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await once(child, 'close')
    expect(await postmasterPid(folder)).toBe(pid)
    const backend = await started({ dataDir: folder })
    expect(Object.keys(await countCustomers(backend))).toHaveLength(2)
    await backend.close()
  })

  test('SY-2: a pid file that names an innocent process costs that process nothing', async () => {
    const folder = await copyOfKept('innocent')
    const innocent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), `${innocent.pid}\n${folder}\n`)
    const backend = await started({ dataDir: folder })
    expect(isAlive(innocent.pid ?? 0)).toBe(true)
    await backend.close()
    innocent.kill()
  })

  test('SY-2: killed at any point of making a new folder, the next start finishes it', async () => {
    const attempts = [300, 700, 1_200].map(async (delay) => {
      const folder = join(root, `early ${delay}`)
      const child = spawn(process.execPath, [SCRIPT, '--port', '0', '--data', folder, '--customers', '20'], {
        stdio: 'ignore',
      })
      await wait(delay)
      child.kill('SIGKILL')
      await once(child, 'close')
      const backend = await started({ dataDir: folder })
      expect(await countCustomers(backend)).toEqual({ [COMPANY_A]: 20, [COMPANY_B]: 5 })
      await backend.close()
    })
    await Promise.all(attempts)
  })
})
