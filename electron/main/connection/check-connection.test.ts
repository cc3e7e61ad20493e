import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkConnection, type Fetch } from './check-connection.ts'
import { findDemo } from './find-demo.ts'
import { openServerChoice } from './server-choice.ts'

const CONFIG = { supabaseUrl: 'https://abc.supabase.co/', publishableKey: 'sb_publishable_x' }
const refused = () => Response.json({ code: '42501' }, { status: 401 })
const missing = () => Response.json({ code: 'PGRST205' }, { status: 404 })

/** A server that answers by path; what it doesn't know fails as a network does. */
const server = (answers: Record<string, () => Response>): Fetch =>
  vi.fn(async (url) => {
    const answer = answers[new URL(url).pathname]
    if (answer === undefined) throw new TypeError('fetch failed')
    return answer()
  })
const GOOD = {
  '/auth/v1/settings': () => Response.json({ external: {} }),
  '/rest/v1/customers': refused,
  '/rest/v1/duplicate_dismissals': refused,
}

test('EL-2: a server that is as it should be passes, asked with its public key', async () => {
  const fetch = server(GOOD)
  expect(await checkConnection(CONFIG, fetch)).toEqual({ ok: true, value: null })
  expect(fetch).toHaveBeenCalledWith('https://abc.supabase.co/auth/v1/settings', {
    headers: { apikey: 'sb_publishable_x' },
    signal: expect.any(AbortSignal),
  })
})

test.each([
  ['no_network', {}],
  ['no_network', { '/auth/v1/settings': GOOD['/auth/v1/settings'] }],
  ['wrong_key', { ...GOOD, '/auth/v1/settings': () => Response.json({ message: 'Invalid API key' }, { status: 401 }) }],
  ['not_supabase', { ...GOOD, '/auth/v1/settings': () => new Response('<h1>Welcome</h1>') }],
  ['not_supabase', { ...GOOD, '/auth/v1/settings': () => new Response('', { status: 404 }) }],
  ['schema_missing', { ...GOOD, '/rest/v1/customers': missing }],
  ['schema_old', { ...GOOD, '/rest/v1/duplicate_dismissals': missing }],
  ['rls_off', { ...GOOD, '/rest/v1/customers': () => Response.json([]) }],
])('EL-2: what is wrong with a server is said: %s', async (code, answers) => {
  expect(await checkConnection(CONFIG, server(answers))).toMatchObject({ ok: false, error: { code } })
})

test('EL-1: a server without https is not even asked', async () => {
  const fetch = server(GOOD)
  const answer = await checkConnection({ ...CONFIG, supabaseUrl: 'http://crm.example.com' }, fetch)
  expect(answer).toMatchObject({ error: { code: 'bad_address' } })
  expect(fetch).not.toHaveBeenCalled()
})

test('EL-2: the demo company of this computer is found where it runs, and anything else there is not taken', async () => {
  const config = { supabaseUrl: 'http://127.0.0.1:4180', publishableKey: 'k' }
  expect(await findDemo(server({ '/config.json': () => Response.json(config) }))).toEqual(config)
  expect(await findDemo(server({ '/config.json': () => new Response('<html>') }))).toBeNull()
  expect(await findDemo(server({ '/config.json': () => Response.json({ supabaseUrl: 'ftp://x' }) }))).toBeNull()
  expect(await findDemo(server({}))).toBeNull()
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-choice-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const OWN = { isOwn: true, isSignedIn: () => false }

test('EL-2: the server that an administrator chose stays', () => {
  const log = { info: vi.fn(), warn: vi.fn() }
  const parts = { file: join(folder, 'config.json'), fetch: server(GOOD), changed: vi.fn(), log }
  const choice = openServerChoice(CONFIG, { ...OWN, isOwn: false, ...parts })
  expect(choice.disconnect()).toMatchObject({ error: { code: 'managed' } })
  expect(choice.get()).toEqual(CONFIG)
})

test('EL-1: the app is connected once: no link leads it to another server', async () => {
  const file = join(folder, 'config.json')
  const changed = vi.fn()
  const log = { info: vi.fn(), warn: vi.fn() }
  let isSignedIn = true
  const choice = openServerChoice(null, {
    ...OWN,
    file,
    isSignedIn: () => isSignedIn,
    fetch: server(GOOD),
    changed,
    log,
  })
  expect(await choice.connect(CONFIG)).toEqual({ ok: true, value: null })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(CONFIG)
  expect([choice.get(), changed.mock.calls.length]).toEqual([CONFIG, 1])
  const other = { ...CONFIG, supabaseUrl: 'https://evil.example' }
  expect(await choice.connect(other)).toMatchObject({ error: { code: 'already_connected' } })
  expect([choice.get(), JSON.parse(readFileSync(file, 'utf8'))]).toEqual([CONFIG, CONFIG])
  expect(choice.disconnect()).toMatchObject({ error: { code: 'signed_in' } })
  isSignedIn = false
  expect(choice.disconnect()).toEqual({ ok: true, value: null })
  expect([choice.get(), existsSync(file)]).toEqual([null, false])
})

test('EL-2: a server that fails the checks, or a disk that refuses, leaves the app unconnected', async () => {
  const log = { info: vi.fn(), warn: vi.fn() }
  const parts = { ...OWN, file: join(folder, 'config.json'), changed: vi.fn(), log }
  const offline = openServerChoice(null, { ...parts, fetch: server({}) })
  expect(await offline.connect(CONFIG)).toMatchObject({ error: { code: 'no_network' } })
  const full = openServerChoice(null, { ...parts, file: '/dev/null/config.json', fetch: server(GOOD) })
  expect(await full.connect(CONFIG)).toMatchObject({ error: { code: 'not_saved' } })
  expect([offline.get(), full.get(), parts.changed.mock.calls.length]).toEqual([null, null, 0])
})
