import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')
const pages = globSync(['*.md', 'docs/**/*.md', '*/README.md', 'e2e/fixtures/README.md'], { cwd: root })
const files = globSync('**/*.{ts,tsx,css,sql,md,yml,json,jsonc,mjs,csv,png}', {
  cwd: root,
  exclude: ['node_modules', 'out', 'dist', 'coverage', 'test-results', '.git'],
})
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

/** On a computer with the app, or on the server of its updates. */
const NOT_IN_THE_TREE = new Set(['config.json', 'latest.yml'])
/** Commands of npm itself. */
const OF_NPM = new Set(['audit', 'ci', 'install', 'outdated', 'run', 'view'])

for (const page of pages) {
  const text = readFileSync(join(root, page), 'utf8')
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

  test(`DB-10: each file that ${page} names is there`, () => {
    const named = inCode.filter((code) => /^[\w@.-]+(\/[\w@.-]+)*\.(ts|tsx|css|sql|md|yml|jsonc?|mjs)$/.test(code))
    const missing = named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
    expect(missing.filter((name) => !NOT_IN_THE_TREE.has(name))).toEqual([])
  })

  test(`DB-10: each command that ${page} names is one of package.json`, () => {
    const named = inCode
      .flatMap((code) => [...code.matchAll(/\bnpm (?:run )?([a-z0-9:-]+)/g)])
      .map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts) && !OF_NPM.has(name))).toEqual([])
  })
}
