import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { BESIDES } from './licences/shipped-packages.ts'

const root = resolve(import.meta.dirname, '..')
const versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: versions, devDependencies: versions })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

test('QA-1: docs/dependencies.md says of every package why it is here, and of no other', () => {
  const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
  const named = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)])
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(named.map(([, name]) => name).sort()).toEqual(packages.sort())
})

test('EL-2: what the app bundles is among its dependencies, from which the list of licences is made', () => {
  const shipped = new Set([...Object.keys(manifest.dependencies), ...BESIDES])
  const files = ['electron', 'renderer', 'shared', 'sync', 'database/local'].flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }),
  )
  const missing = files
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .flatMap((file) => packagesOf(readFileSync(join(root, file), 'utf8')).map((name) => ({ file, name })))
    .filter(({ name }) => !shipped.has(name))
  expect(missing).toEqual([])
})

test('EL-2: a package counts as bundled however it is imported', () => {
  const source = [
    "import { a } from 'one'",
    "import 'two/style.css'",
    "export { b } from '@scope/three/part'",
    "const load = () => import('four')",
    "import { c } from './near.ts'",
    "await import('#shared/x.ts'), import('node:fs')",
  ].join('\n')
  expect(packagesOf(source)).toEqual(['one', 'two', '@scope/three', 'four'])
})

/** The packages that a module imports: neither files, nor aliases, nor what Node or the bundler bring. */
function packagesOf(source: string): string[] {
  const found = [
    ...source.matchAll(/^(?:import |(?:import|export|\}).* from )'([^'.#][^':]*)'$/gm),
    ...source.matchAll(/\bimport\('([^'.#][^':]*)'\)/g),
  ]
  return found.map(([, path = '']) =>
    path
      .split('/')
      .slice(0, path.startsWith('@') ? 2 : 1)
      .join('/'),
  )
}
