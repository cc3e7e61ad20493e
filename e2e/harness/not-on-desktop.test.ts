import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NOT_ON_DESKTOP_REASONS } from './not-on-desktop.ts'
import { PROJECT_ROOT } from './project-root.ts'

test('EL-3: what is said to mean nothing on the desktop names specs that there are', () => {
  const folder = join(PROJECT_ROOT, 'e2e/specs')
  const specs = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  for (const title of Object.keys(NOT_ON_DESKTOP_REASONS)) {
    expect(specs.filter((text) => text.includes(`test('${title}'`))).toHaveLength(1)
  }
})
