import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runAs } from './run-as.ts'

let folder: string
beforeEach(() => {
  // A folder of mkdtemp is closed to everybody else, as a root's home is.
  folder = mkdtempSync(join(tmpdir(), 'run-as-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const NOBODY = { uid: 65_534, gid: 65_534 }
const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0

test.runIf(isLinuxRoot)(
  'QA-1: a clone in a folder of root that is closed to others runs its programs as another user',
  async () => {
    mkdirSync(join(folder, 'bin'))
    const program = join(folder, 'bin/sh')
    copyFileSync('/bin/sh', program)
    // -x asks by access(2), as Postgres does when it looks for its own programs.
    const script = `[ -x '${program}' ] && id -u && cat /proc/self/status`
    const launch = await runAs(NOBODY, program, ['-c', script], [])
    const { stdout, status } = spawnSync(launch.program, launch.args, { ...launch.identity, encoding: 'utf8' })
    expect([status, stdout.split('\n')[0]]).toEqual([0, '65534'])
    // It walks through folders, and has nothing else of root's: 4 is CAP_DAC_READ_SEARCH, 2 CAP_DAC_OVERRIDE.
    expect(stdout).toMatch(/^CapEff:\s*0{15}[24]$/m)
  },
)

test('QA-1: where nobody else is asked for, the program runs as it is', async () => {
  expect(await runAs(null, '/bin/sh', ['-c', 'true'], [folder])).toEqual({
    program: '/bin/sh',
    args: ['-c', 'true'],
    identity: {},
  })
})
