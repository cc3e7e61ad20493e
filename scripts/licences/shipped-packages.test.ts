import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { describeLicences, shippedPackages } from './shipped-packages.ts'

const root = resolve(import.meta.dirname, '../..')
const packages = shippedPackages(root)

test('EL-2: docs/licences.md lists what ships today', () => {
  expect(readFileSync(join(root, 'docs/licences.md'), 'utf8'), 'run npm run licences').toBe(describeLicences(packages))
})

test('EL-2: what ships is ours to ship: each package names a licence that asks for no source of ours', () => {
  const allowed =
    /^\(?(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Python-2\.0|PSF-2\.0|OFL-1\.1|CC0-1\.0|Unlicense)\b/
  expect(packages.filter(({ licence }) => !allowed.test(licence))).toEqual([])
})

test('EL-2: the list has what is bundled, dependencies of dependencies and the runtime, and no tool', () => {
  const names = packages.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['react', 'rxdb', 'scheduler', 'electron', 'electron-updater']))
  for (const tool of ['vite', 'typescript', 'electron-builder', '@playwright/test']) expect(names).not.toContain(tool)
})
