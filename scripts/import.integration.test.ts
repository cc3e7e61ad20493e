import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runScript } from '#database/embedded/testing/run-script.ts'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'

const { backend, sql } = await suiteBackend(50)
const folder = await mkdtemp(join(tmpdir(), 'import-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

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

  const rehearsed = await runScript('import.ts', ...all, '--dry-run')
  expect(rehearsed).toMatchObject({ code: 0, stderr: '' })
  const stored = async () => {
    const [found] = await sql`select count(*)::int as n from customers where customer_email like '%@import.example'`
    return found?.n
  }
  expect(await stored()).toBe(0)

  const first = await runScript('import.ts', ...all, '--report', report, '--failed', failed)
  expect(first).toMatchObject({ code: 0, stderr: '' })
  const { rows: total, refused, ...outcomes } = counts(first.stdout, 'import')
  expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(total)
  expect([total, refused, outcomes.failed, outcomes.created]).toEqual([1_203, 0, 1, await stored()])
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ rows: 1_203, failedRows: [{ row: 1_202 }] })
  expect(await readFile(failed, 'utf8')).toMatch(/^Name,E-Mail,Telefon,Import problem\r\nNobody,broken,,.+\r\n$/)
  const [batch] = await sql`select row_count, created_count, invalid_count from import_batches order by created_at desc`
  expect(batch).toMatchObject({ row_count: 1_203, created_count: outcomes.created, invalid_count: 1 })

  const again = await runScript('import.ts', ...all)
  expect(counts(again.stdout, 'import')).toMatchObject({ created: 0, failed: 1 })
  expect(await stored()).toBe(outcomes.created)
})

test.each([
  [['none.csv', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example', '--password', 'x'], /no file none\.csv/],
  [['x.csv', '--email', 'a@b.example'], /--url/],
  [['x.csv', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example'], /password/],
  [[], /Name one file/],
])('IO-6: bad input ends with one line and exit code 2: %j', async (args, line) => {
  const { code, stdout, stderr } = await runScript('import.ts', ...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(line)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})
