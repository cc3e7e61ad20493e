import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backend, startBackend } from '#database/embedded/backend.ts'
import { checkConnection } from './check-connection.ts'

let folder: string
let backend: Backend
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-connection-'))
  const started = await startBackend({ port: 0, dataDir: folder, customers: 1 })
  if (!started.ok) throw new Error(started.error.message)
  backend = started.value
})
afterAll(async () => {
  await backend.close()
  rmSync(folder, { recursive: true, force: true })
})

test('EL-2: the checks of the first run hold on a real server, and find what is planted there', async () => {
  const config = { supabaseUrl: backend.url, publishableKey: backend.publishableKey }
  const code = async (given = config): Promise<string> => {
    const checked = await checkConnection(given, fetch)
    return checked.ok ? 'ok' : checked.error.code
  }
  expect(await code()).toBe('ok')
  expect(await code({ ...config, publishableKey: 'sb_publishable_wrong' })).toBe('wrong_key')
  const sql = postgres(backend.postgresUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`grant select on public.customers to anon`
    expect(await code()).toBe('rls_off')
    await sql`revoke select on public.customers from anon`
    await sql`alter table public.duplicate_dismissals rename to moved_away`
    expect(await code()).toBe('schema_old')
  } finally {
    await sql.end({ timeout: 5 })
  }
})
