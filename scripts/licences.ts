/** `npm run licences`: writes docs/licences.md, the list of what ships. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readOptions } from './cli.ts'
import { describeLicences, shippedPackages } from './licences/shipped-packages.ts'

readOptions('npm run licences', {})
const root = resolve(import.meta.dirname, '..')
const packages = shippedPackages(root)
writeFileSync(join(root, 'docs/licences.md'), describeLicences(packages))
console.log(`wrote docs/licences.md: ${packages.length} packages`)
