import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backend, startBackend } from '#database/embedded/backend.ts'

let folder = ''
let backend: Backend
let sql: postgres.Sql

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'))
  // Postgres runs as another user when the tests run as root: it must be able to pass through.
  await chmod(folder, 0o755)
  const started = await startBackend({ port: 0, dataDir: join(folder, 'data'), customers: 50 })
  if (!started.ok) throw new Error(started.error.message)
  backend = started.value
  sql = postgres(backend.postgresUrl, { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  await sql.end({ timeout: 5 })
  await backend.close()
  await rm(folder, { recursive: true, force: true })
})

function run(...args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'import.ts'), ...args])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })))
}

const counts = (stdout: string, what: string): Record<string, number> =>
  JSON.parse(new RegExp(`^${what} (\\{.*\\})$`, 'm').exec(stdout)?.[1] ?? '{}')

test('IO-6 IO-4: a messy file by the command: every row accounted for, in Postgres as in the report, and twice makes nobody twice', {
  timeout: 300_000,
}, async () => {
  const file = join(folder, 'list.csv')
  const report = join(folder, 'report.json')
  const failed = join(folder, 'failed.csv')
  const people = Array.from({ length: 1_200 }, (_, n) => `Person ${n.toString(36)}x;p${n}@import.example;`)
  const rows = [
    'Name;E-Mail;Telefon',
    ...people,
    'Nobody;broken;',
    ';;',
    people[0],
    '"Quoted; Name";q@import.example;1',
  ]
  await writeFile(file, Buffer.from(`${rows.join('\r\n')}\r\n`, 'latin1'))
  const user = backend.users.find(({ role }) => role === 'manager')
  const who = ['--url', backend.url, '--key', backend.publishableKey, '--email', user?.email ?? '']
  const all = [file, ...who, '--password', user?.password ?? '', '--likely', 'create', '--existing', 'skip']

  const rehearsed = await run(...all, '--dry-run')
  expect(rehearsed).toMatchObject({ code: 0, stderr: '' })
  const stored = async () => {
    const [found] = await sql`select count(*)::int as n from customers where customer_email like '%@import.example'`
    return found?.n
  }
  expect(await stored()).toBe(0)

  const first = await run(...all, '--report', report, '--failed', failed)
  expect(first).toMatchObject({ code: 0, stderr: '' })
  const { rows: total, refused, ...outcomes } = counts(first.stdout, 'import')
  expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(total)
  expect([total, refused, outcomes.failed, outcomes.created]).toEqual([1_203, 0, 1, await stored()])
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ rows: 1_203, failedRows: [{ row: 1_202 }] })
  expect(await readFile(failed, 'utf8')).toMatch(/^Name,E-Mail,Telefon,Import problem\r\nNobody,broken,,.+\r\n$/)
  const [batch] = await sql`select row_count, created_count, invalid_count from import_batches order by created_at desc`
  expect(batch).toMatchObject({ row_count: 1_203, created_count: outcomes.created, invalid_count: 1 })

  const again = await run(...all)
  expect(counts(again.stdout, 'import')).toMatchObject({ created: 0, failed: 1 })
  expect(await stored()).toBe(outcomes.created)
})

test.each([
  [['none.csv', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example', '--password', 'x'], /no file none\.csv/],
  [['x.csv', '--email', 'a@b.example'], /--url/],
  [['x.csv', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example'], /password/],
  [[], /Name one file/],
])('IO-6: bad input ends with one line and exit code 2: %j', async (args, line) => {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(line)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})
