import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A package whose code, or part of it, is in what people install. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package says it. */
  readonly licence: string
}

/** Bundled although they are no `dependencies`: the updater into main; the runtime around it. */
export const BESIDES: readonly string[] = ['electron', 'electron-updater']
/** What `install-electron` needs, and nothing of it travels. */
const NOT_OF_ELECTRON = new Set(['electron'])

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})

/**
 * Everything that may be in the bundles, from the dependencies on: more than what is left after
 * bundling, never less. Sorted by name. Types are left out: they hold no code.
 */
export function shippedPackages(root: string): readonly ShippedPackage[] {
  const found = new Map<string, ShippedPackage>()
  const visit = (name: string, from: string): void => {
    if (name.startsWith('@types/')) return
    const folder = folderOf(name, from, root)
    if (folder === null) return // optional, and of another platform
    const manifest = read(folder)
    const key = `${manifest.name}@${manifest.version}`
    if (found.has(key)) return
    const { license } = manifest
    const licence = typeof license === 'object' ? license.type : (license ?? 'none named')
    found.set(key, { name: manifest.name, version: manifest.version, licence })
    if (NOT_OF_ELECTRON.has(name)) return
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency, folder)
  }
  for (const name of [...Object.keys(read(root).dependencies ?? {}), ...BESIDES]) visit(name, root)
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** docs/licences.md. */
export function describeLicences(packages: readonly ShippedPackage[]): string {
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  return [
    '# Licences of what ships',
    '',
    'Everything whose code may be in the installed app, from `node_modules`. `npm run licences` writes this page. The runtime brings Chromium and Node.js along; their licences lie beside the installed program (`LICENSES.chromium.html`).',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function read(folder: string): z.output<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
}

/** As Node looks packages up: in the nearest `node_modules` upwards. */
function folderOf(name: string, from: string, root: string): string | null {
  for (let base = from; base.startsWith(root); base = join(base, '..')) {
    const folder = join(base, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return null
}
