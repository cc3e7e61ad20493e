import { expect, test } from 'vitest'
import { type DefectName, PLANTED_DEFECTS } from './defects/planted-defects.ts'
import { runCommand } from './run-command.ts'

for (const name of Object.keys(PLANTED_DEFECTS) as DefectName[]) {
  const { invariant } = PLANTED_DEFECTS[name]
  test.concurrent(`QA-2: chaos finds a planted defect (${name})`, { timeout: 400_000, retry: 1 }, async () => {
    const { code, output } = await runCommand(['--minutes', '4', '--steps', '60', '--until', invariant], name)
    expect(output).toContain(`  ${invariant}: `)
    expect(output).toMatch(/again: npm run chaos -- --seed \d+/)
    expect(code).toBe(1)
    // Code that can't run shows, too, and proves nothing.
    expect(output).not.toContain('  no bugs: ')
  })
}
