/**
 * `npm run docs:generate`: writes docs/openapi.json and docs/schema.md from the catalogue of a
 * freshly migrated database.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { startBackend } from '#database/embedded/backend.ts'
import { readApiCatalogue } from '#database/postgres/api-catalogue.ts'
import { describeApi } from '#database/postgres/api-description.ts'
import { describeSchema } from '#database/postgres/schema-diagram.ts'
import { endWith, readOptions } from './cli.ts'

readOptions('npm run docs:generate', {})
const docs = resolve(import.meta.dirname, '../docs')
const folder = mkdtempSync(join(tmpdir(), 'tradesphere-docs-'))
const started = await startBackend({ port: 0, dataDir: join(folder, 'data'), customers: 1 })
if (!started.ok) {
  rmSync(folder, { recursive: true, force: true })
  endWith(started.error.message)
}
const sql = postgres(started.value.postgresUrl, { max: 1, onnotice: () => {} })
try {
  writeFileSync(join(docs, 'openapi.json'), `${JSON.stringify(describeApi(await readApiCatalogue(sql)), null, 2)}\n`)
  writeFileSync(join(docs, 'schema.md'), await describeSchema(sql))
} finally {
  await sql.end({ timeout: 5 })
  await started.value.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log('wrote docs/openapi.json and docs/schema.md')
