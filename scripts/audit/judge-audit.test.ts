import { expect, test } from 'vitest'
import { judgeAudit } from './judge-audit.ts'

const shipped = new Set(['dexie', 'zod', 'electron'])
const finding = (name: string, severity: string) => ({
  name,
  severity,
  via: [{ title: 'Prototype pollution', url: 'https://advisories.example/1', source: 1 }],
  range: '*',
})

test('QA-1: only high and critical findings in what ships are grave', () => {
  const vulnerabilities = {
    dexie: finding('dexie', 'high'),
    electron: finding('electron', 'critical'),
    zod: finding('zod', 'moderate'),
    vitest: finding('vitest', 'critical'),
  }
  const verdict = judgeAudit(JSON.stringify({ vulnerabilities }), shipped)
  expect(verdict).toMatchObject({
    kind: 'answered',
    grave: [{ name: 'dexie', reasons: ['Prototype pollution (https://advisories.example/1)'] }, { name: 'electron' }],
    slight: [{ name: 'zod' }],
  })
})

test('QA-1: a package that brings a hole along names the one with the hole', () => {
  const vulnerabilities = { dexie: { name: 'dexie', severity: 'high', via: ['inner'] } }
  expect(judgeAudit(JSON.stringify({ vulnerabilities }), shipped)).toMatchObject({
    grave: [{ reasons: ['through inner'] }],
  })
})

test.each([
  ['{"message": "405 Method Not Allowed - POST https://registry.example/"}', /405/],
  ['{"error": {"code": "ENOAUDIT", "summary": "no network"}}', /no network/],
  ['', /no report/],
  ['{"vulnerabilities": []}', /no report/],
])('QA-1: a registry that does not answer is no clean bill: %j', (output, reason) => {
  const verdict = judgeAudit(output, shipped)
  expect(verdict.kind === 'unanswered' && verdict.reason).toMatch(reason)
})
