import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealHandover } from '#sync/handover/handover-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'handover-'))
const file = join(folder, 'kept.json')
const ID = '00000000-0000-4000-8000-000000000001'
const at = '2026-03-01T08:00:00.000Z'
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  const mutation = { op: 'update', mutationId: ID, id: ID, editedAt: at, base: { phone: '1' }, changes: { phone: '2' } }
  const entry = { id: ID, name: 'Ada', rejected: null, conflicts: [] }
  const contents = {
    user: { id: ID, name: 'Olga', email: 'olga@a.example' },
    company: { id: ID, name: 'Acme' },
    lostAt: at,
    customers: [{ ...entry, mutations: [{ ...mutation, op: 'update' as const, sent: false }] }],
    records: [],
    unreadable: [],
  }
  writeFileSync(file, await sealHandover(contents, 1, 'RIGHT'))
})

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { env: { ...process.env, ...env } }
  return promisify(execFile)(process.execPath, [join(import.meta.dirname, 'handover.ts'), ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
}

test('SY-5: the command prints a hand-over as text and as JSON, with the passphrase as option or from the environment', async () => {
  const text = await run([file, '--passphrase', 'right'])
  expect(text).toMatchObject({ code: 0, stdout: expect.stringContaining('    phone: 2 (was 1)') })
  const json = await run([file, '--json'], { HANDOVER_PASSPHRASE: 'RIGHT' })
  expect(JSON.parse(json.stdout)).toMatchObject({ company: { name: 'Acme' }, customers: [{ name: 'Ada' }] })
})

test.each([
  ['the wrong passphrase', [file, '--passphrase', 'wrong'], 'not the one of this file'],
  ['no passphrase', [file], 'Say the passphrase'],
  ['no file', [], 'Name one file'],
  ['a file that is not there', [join(folder, 'none'), '--passphrase', 'x'], 'There is no file'],
  ['an unknown option', [file, '--what'], 'Usage'],
])('SY-5: %s ends with one line and exit code 2', async (_, args, words) => {
  const { code, stdout, stderr } = await run(args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).toContain(words)
})
