import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readPlaywrightReport, readVitestReport } from './test-report.ts'

function fileOf(report: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'tradesphere-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
  return join(folder, 'report.json')
}

test('QA-1: of vitest each test is told, and a file that could not be loaded', () => {
  const tests = [
    { fullName: 'one', status: 'passed' },
    { fullName: 'two', status: 'failed', failureMessages: ['1 is not 2'] },
    { fullName: 'three', status: 'pending' },
  ]
  const testResults = [
    { name: 'a.test.ts', status: 'failed', assertionResults: tests },
    { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
  ]
  expect(readVitestReport(fileOf({ testResults }))).toEqual([
    { name: 'a.test.ts one', status: 'passed' },
    { name: 'a.test.ts two', status: 'failed', message: '1 is not 2' },
    { name: 'a.test.ts three', status: 'skipped' },
    { name: 'b.test.ts', status: 'failed', message: 'no such module' },
  ])
})

test('QA-1: of Playwright each test of each project is told, in nested suites too', () => {
  const spec = (status: string) => ({ file: 'a.spec.ts', title: status, tests: [{ projectName: 'web', status }] })
  const suites = [{ specs: [spec('expected')], suites: [{ specs: [spec('flaky'), spec('unexpected')] }] }]
  expect(readPlaywrightReport(fileOf({ suites }))).toEqual([
    { name: '[web] a.spec.ts expected', status: 'passed' },
    { name: '[web] a.spec.ts flaky', status: 'flaky' },
    { name: '[web] a.spec.ts unexpected', status: 'failed' },
  ])
})

test('QA-1: a run that ended before it wrote a report tells of no test; one that can not be read is an error', () => {
  expect(readVitestReport('/no/such/report.json')).toEqual([])
  expect(() => readPlaywrightReport(fileOf({ suites: 'none' }))).toThrow()
})
