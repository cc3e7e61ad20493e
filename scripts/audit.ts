/**
 * `npm run audit`: asks the registry for known holes in the packages that ship, the runtime included. Exit code 1
 * when one is high or critical; 2 when the registry does not answer: nothing is known then, and nothing is clean.
 * For a release (docs/administrator.md), not part of `npm test`, which must not depend on a server.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { judgeAudit } from './audit/judge-audit.ts'
import { endWith, readOptions } from './cli.ts'
import { shippedPackages } from './licences/shipped-packages.ts'

readOptions('npm run audit', {})
const root = resolve(import.meta.dirname, '..')
const shipped = new Set(shippedPackages(root).map(({ name }) => name))
const { stdout } = spawnSync('npm', ['audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  shell: process.platform === 'win32',
})
const verdict = judgeAudit(stdout, shipped)
if (verdict.kind === 'unanswered') {
  endWith(
    `The registry gave no advisories (${verdict.reason}), so nothing is known about holes. Run it where the public registry can be asked.`,
  )
}
for (const { name, severity, reasons } of [...verdict.grave, ...verdict.slight]) {
  console.log(`${severity.padEnd(8)} ${name}: ${reasons.join('; ')}`)
}
console.log(`${shipped.size} packages ship; ${verdict.grave.length} have high or critical findings.`)
process.exit(verdict.grave.length === 0 ? 0 : 1)
