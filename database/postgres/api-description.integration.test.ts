import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validate } from '@readme/openapi-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, startTestBackend, type TestBackend, user } from '../embedded/testing/test-backend.ts'
import { type ApiCatalogue, readApiCatalogue } from './api-catalogue.ts'
import { describeApi } from './api-description.ts'
import { describeSchema } from './schema-diagram.ts'

const DOCS = join(import.meta.dirname, '../../docs')

let server: TestBackend
let catalogue: ApiCatalogue
beforeAll(async () => {
  server = await startTestBackend(5)
  catalogue = await readApiCatalogue(server.sql)
})
afterAll(() => server.close())

test('DB-9: docs/openapi.json is what the catalogue says (else: npm run docs:generate)', async () => {
  expect(JSON.parse(await readFile(join(DOCS, 'openapi.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(describeApi(catalogue))),
  )
})

test('DB-10: docs/schema.md is what the catalogue says (else: npm run docs:generate)', async () => {
  const schema = await describeSchema(server.sql)
  expect(await readFile(join(DOCS, 'schema.md'), 'utf8')).toBe(schema)
  expect(schema).toContain('  customers ||--o{ quotes : "customer_id"')
  expect(schema).toContain('  "VC Usage" {')
})

test('DB-9: a public validator of OpenAPI takes the document', async () => {
  const document = JSON.parse(await readFile(join(DOCS, 'openapi.json'), 'utf8'))
  expect(await validate(document)).toMatchObject({ valid: true })
  document.paths['/customers'].get.responses = 'none'
  expect(await validate(document)).toMatchObject({ valid: false })
})

test('DB-9: the document offers what the rights allow, and says what each function does', async () => {
  const { paths } = JSON.parse(JSON.stringify(describeApi(catalogue))) as {
    paths: Record<string, Record<string, { description?: string }>>
  }
  expect(Object.keys(paths['/customers'] ?? {})).toEqual(['get', 'post', 'patch'])
  expect(Object.keys(paths['/audit_log'] ?? {})).toEqual(['get'])
  expect(Object.keys(paths['/saved_filters'] ?? {})).toEqual(['get', 'post', 'patch', 'delete'])
  expect(Object.keys(paths).filter((path) => path.startsWith('/rpc/')).length).toBeGreaterThan(10)
  const silent = Object.entries(paths).filter(([, methods]) => Object.values(methods).some((one) => !one.description))
  expect(silent.map(([path]) => path)).toEqual([])
})

test('DB-9: every table of the document answers a signed-in user', async () => {
  const supabase = await client(server.backend, user('owner'))
  for (const table of catalogue.tables.filter((one) => one.selectable)) {
    const { error } = await supabase.from(table.name).select('*').limit(1)
    expect(error, table.name).toBeNull()
  }
})
