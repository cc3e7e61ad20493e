import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { switchOff } from './guard.ts'
import { GUARDS } from './guards.ts'
import { judge } from './judge.ts'
import { countReport } from './run-tests.ts'

const project = resolve(import.meta.dirname, '../..')

test('QA-2: the text of every guard stands exactly once in today’s source, and its tests are there', () => {
  const lost = GUARDS.filter((guard) => switchOff(readFileSync(resolve(project, guard.file), 'utf8'), guard) === null)
  expect(lost.map(({ id, file }) => `${id} in ${file}`)).toEqual([])
  const missing = GUARDS.flatMap(({ tests }) => tests).filter((file) => !existsSync(resolve(project, file)))
  expect(missing).toEqual([])
})

test('QA-2: guards have names of their own, and switching one off changes something', () => {
  expect(new Set(GUARDS.map(({ id }) => id)).size).toBe(GUARDS.length)
  expect(GUARDS.filter(({ find, off }) => find === off)).toEqual([])
})

test('QA-2: docs/guards.md has a line for every guard, and for nothing else', () => {
  const rows = readFileSync(resolve(project, 'docs/guards.md'), 'utf8').matchAll(
    /^\| `([^`]+)` \| (\S+) \| .* \| `([^`]+)` \| \S/gm,
  )
  const described = [...rows].map(([, id, spec, file]) => `${id} ${spec} ${file}`)
  expect(described.sort()).toEqual(GUARDS.map(({ id, spec, file }) => `${id} ${spec} ${file}`).sort())
})

test('QA-2: a text that stands twice, or not at all, is not replaced', () => {
  expect(switchOff('a guard b', { find: 'guard', off: '' })).toBe('a  b')
  expect(switchOff('guard guard', { find: 'guard', off: '' })).toBeNull()
  expect(switchOff('none', { find: 'guard', off: '' })).toBeNull()
})

const results = (...statuses: string[]) =>
  statuses.map((status) => ({
    fullName: `test that ${status}`,
    status,
    failureMessages: ['AssertionError: no\n at x'],
  }))
const run = (file: object) => ({ ...countReport({ testResults: [{ name: 'a.test.ts', ...file }] }), seconds: 1 })

test('QA-2: only a test that ran and failed makes a guard red', () => {
  expect(judge(run({ status: 'failed', assertionResults: results('passed', 'failed', 'skipped') }))).toEqual({
    kind: 'red',
    test: 'test that failed',
  })
  expect(judge(run({ status: 'passed', assertionResults: results('passed') }))).toEqual({ kind: 'survived' })
  const unloaded = run({ status: 'failed', message: 'Cannot find module', assertionResults: [] })
  expect(judge(unloaded)).toEqual({ kind: 'broken', why: 'Cannot find module' })
  expect(judge(run({ status: 'failed', message: 'hook failed', assertionResults: results('skipped') }))).toEqual({
    kind: 'broken',
    why: 'hook failed',
  })
  expect(judge(run({ status: 'passed', assertionResults: [] }))).toMatchObject({ kind: 'broken' })
  for (const message of ['ReferenceError: guard is not defined', 'Error: Test timed out in 5000ms.']) {
    const failed = { ...results('failed')[0], failureMessages: [message] }
    expect(judge(run({ status: 'failed', assertionResults: [failed] }))).toMatchObject({ kind: 'broken' })
  }
})
