import { expect, test } from 'vitest'
import { suiteBackend } from '#database/embedded/testing/suite-backend.ts'
import { checkConnection } from './check-connection.ts'

const { backend, sql } = await suiteBackend(1)

test('EL-2: the checks of the first run hold on a real server, and find what is planted there', async () => {
  const config = { supabaseUrl: backend.url, publishableKey: backend.publishableKey }
  const code = async (given = config): Promise<string> => {
    const checked = await checkConnection(given, fetch)
    return checked.ok ? 'ok' : checked.error.code
  }
  expect(await code()).toBe('ok')
  expect(await code({ ...config, publishableKey: 'sb_publishable_wrong' })).toBe('wrong_key')
  await sql`grant select on public.customers to anon`
  expect(await code()).toBe('rls_off')
  await sql`revoke select on public.customers from anon`
  await sql`alter table public.duplicate_dismissals rename to moved_away`
  expect(await code()).toBe('schema_old')
})
