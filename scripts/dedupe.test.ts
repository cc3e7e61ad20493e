import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'dedupe-'))
const file = join(folder, 'contacts.csv')
const pairs = join(folder, 'pairs.csv')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => {
  writeFileSync(
    file,
    [
      'Key;First name;Last name;Mail;Mobile;Street;Town',
      'k1;Bill;Turner;bturner@mail.com;0420 091 973;4 Hill Rd;Sydney 2000',
      'k2;William;Turner;bturner@mail.com;+61 420 091 973;4 Hill Road;Sydney 2000',
      'k3;Nora;Turner;bturner@mail.com;0420 091 973;4 Hill Rd;Sydney 2000',
      'k4;Olga;Fink;olga@fink.example;0298765432;9 Lake St;Perth 6000',
      'k1;Paul;Borg;;;;',
    ].join('\n'),
  )
})

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'dedupe.ts'), ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const COLUMNS = ['--name', 'first name,LAST NAME', '--email', 'Mail', '--phone', 'Mobile', '--address', 'Street,Town']

test('IO-6: npm run dedupe writes the pairs of a CSV with ids, probabilities and reasons', () => {
  const { status, stderr, stdout } = run(file, ...COLUMNS, '--id', 'Key', '--country', 'AU', '--out', pairs)
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  expect(stderr).toContain('1 pairs in 1 groups among 5 rows')
  const [head, pair, ...more] = readFileSync(pairs, 'utf8').trimEnd().split('\n')
  expect(head).toBe('id_a,id_b,probability,reasons')
  expect(pair).toMatch(
    /^k1,k2,0\.\d{4},given name in another form; same family name; same email; same phone; same address$/,
  )
  expect(more).toEqual([])
})

test('IO-6: without --id rows are numbered from 1, without --out pairs go to standard output', () => {
  const { status, stdout } = run(file, ...COLUMNS)
  expect(status).toBe(0)
  expect(stdout).toMatch(/^id_a,id_b,probability,reasons\n1,2,0\.\d{4},.*\n$/)
})

test.each([
  [['--name', 'Name'], 'Name one file'],
  [['missing.csv', '--name', 'Name'], 'There is no file missing.csv'],
  [[file], 'Say which column holds the name'],
  [[file, '--name', 'Nickname'], 'The file has no column "Nickname". Its columns: Key, First name'],
  [[file, '--name', 'Last name', '--country', 'Mars'], '--country takes a country of two letters'],
  [[file, '--name', 'Last name', '--fast'], 'Usage: npm run dedupe'],
  [[file, '--name', 'Last name', '--out', join(folder, 'none', 'x.csv')], 'Name a file in a folder that exists'],
])('IO-6: npm run dedupe with %j ends with one line and exit code 2', (args, words) => {
  const { status, stdout, stderr } = run(...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('IO-6: bad input leaves an older file of pairs as it was', () => {
  const older = join(folder, 'older.csv')
  writeFileSync(older, 'kept')
  expect(run(file, '--name', 'Nickname', '--out', older).status).toBe(2)
  expect(readFileSync(older, 'utf8')).toBe('kept')
  expect(existsSync(`${older}.part`)).toBe(false)
})
