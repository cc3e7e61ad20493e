import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validate } from '@readme/openapi-parser'
import { expect, test } from 'vitest'
import { suiteBackend } from '../embedded/testing/suite-backend.ts'
import { COMPANY_A, client, user } from '../embedded/testing/test-backend.ts'
import { readApiCatalogue } from './api-catalogue.ts'
import { describeApi } from './api-description.ts'
import { describeSchema } from './schema-diagram.ts'

const DOCS = join(import.meta.dirname, '../../docs')

const { backend, sql } = await suiteBackend(5)
const catalogue = await readApiCatalogue(sql)

test('DB-9: docs/openapi.json is what the catalogue says (else: npm run docs:generate)', async () => {
  expect(JSON.parse(await readFile(join(DOCS, 'openapi.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(describeApi(catalogue))),
  )
})

test('DB-10: docs/schema.md is what the catalogue says (else: npm run docs:generate)', async () => {
  const schema = await describeSchema(sql)
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
  const supabase = await client(backend, user('owner'))
  for (const table of catalogue.tables.filter((one) => one.selectable)) {
    const { error } = await supabase.from(table.name).select('*').limit(1)
    expect(error, table.name).toBeNull()
  }
})

test('DB-9: the calls of docs/api.md work as it shows them', async () => {
  const supabase = await client(backend, user('owner'))
  const { data: session } = await supabase.auth.getSession()
  const call = async (path: string, body: object, method = 'POST') => {
    const response = await fetch(`${backend.url}/rest/v1${path}`, {
      method,
      headers: {
        apikey: backend.publishableKey,
        authorization: `Bearer ${session.session?.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, answer: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) }
  }
  const ada = { company_id: COMPANY_A, customer_name: 'Ada Lovelace', tags: ['vip'] }
  expect(await call('/customers', ada)).toMatchObject({ status: 201 })
  expect(await call('/customers', { ...ada, customer_name: 'Ada King' })).toMatchObject({ status: 201 })
  const found = await call('/rpc/search_customers', { p_company: COMPANY_A, p_query: 'ada', p_limit: 20 })
  expect(found).toMatchObject({ status: 200, answer: { fuzzy: false, more: false } })
  const [king, lovelace] = (found.answer?.rows ?? []) as { id: string; name: string }[]
  expect([king?.name, lovelace?.name]).toEqual(['Ada King', 'Ada Lovelace'])
  const one = `/customers?id=eq.${lovelace?.id}&company_id=eq.${COMPANY_A}`
  expect(await call(one, { customer_phone: '+44 20 7946 0000' }, 'PATCH')).toMatchObject({ status: 204 })
  const merge = { p_company: COMPANY_A, p_target: lovelace?.id, p_sources: [king?.id], p_merge: crypto.randomUUID() }
  const choices = { notes: { combine: true }, name: { value: 'Ada L. King' } }
  expect(await call('/rpc/merge_customers', { ...merge, p_choices: choices })).toMatchObject({ status: 200 })
  expect(await call('/rpc/get_customer', { p_company: COMPANY_A, p_id: lovelace?.id })).toMatchObject({
    status: 200,
    answer: { customer: { name: 'Ada L. King', phone: '+44 20 7946 0000' }, conversations: { rows: [], more: false } },
  })
  expect(await call('/rpc/list_customers', { p_company: COMPANY_A, p_limit: 2 })).toMatchObject({
    status: 200,
    answer: { more: true, rows: { length: 2 } },
  })
  expect(await call('/rpc/enrich_customer', { p_company: COMPANY_A, p_customer: lovelace?.id })).toMatchObject({
    status: 200,
  })
  expect(await call(one, { deleted_at: 'now' }, 'PATCH')).toMatchObject({ status: 204 })
  expect(await call('/rpc/get_customer', { p_company: COMPANY_A, p_id: lovelace?.id })).toMatchObject({
    answer: { customer: { deletedAt: expect.any(String) } },
  })
  expect(await call('/rpc/list_customers', { p_company: crypto.randomUUID() })).toMatchObject({
    status: 403,
    answer: { code: '42501', message: 'You are not a member of this company.' },
  })
  expect(await call('/rpc/list_customers', { p_company: COMPANY_A, p_sort: 'size' })).toMatchObject({
    status: 400,
    answer: { code: '22023' },
  })
})
