import { expect, test } from 'vitest'
import { StorageError } from '#database/local/storage-error.ts'
import { createSessionStorage } from './session-storage.ts'
import { createSupabaseBackend } from './supabase-backend.ts'
import { SyncError } from './sync-error.ts'

const CONFIG = { supabaseUrl: 'http://server.example', publishableKey: 'public' }
const COMPANY = 'c0000000-0000-4000-8000-000000000001'
const USER = {
  id: 'a0000000-0000-4000-8000-000000000001',
  email: 'a@b.example',
  aud: 'authenticated',
  user_metadata: { name: 'Ada' },
}
const session = (expiresIn: number) => ({
  access_token: 'a.b.c',
  refresh_token: 'refresh',
  token_type: 'bearer',
  expires_in: 3_600,
  expires_at: Math.floor(Date.now() / 1_000) + expiresIn,
  user: USER,
})
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const page = { protocol: 1, epoch: 'e', pages: {}, more: false, serverTime: '2026-01-01T00:00:00Z' }

/** A backend whose network is a function from path to answer; `stored` is what lies in the secret store. */
function setUp(
  answer: (path: string) => Response | Promise<Response>,
  expiresIn: number | null,
  beforeRead: () => void = () => undefined,
) {
  const stored = new Map<string, string>()
  if (expiresIn !== null) stored.set('session', JSON.stringify(session(expiresIn)))
  const asked: string[] = []
  const secrets = {
    get: async (key: string) => {
      beforeRead()
      return stored.get(key) ?? null
    },
    set: async (key: string, value: string) => void stored.set(key, value),
    remove: async (key: string) => void stored.delete(key),
  }
  const backend = createSupabaseBackend(CONFIG, secrets, async (input) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname
    asked.push(path)
    return answer(path)
  })
  const pull = async (userId = USER.id): Promise<SyncError | null> => {
    try {
      await backend.transportFor(userId).pull(COMPANY, { customers: null }, 10)
      return null
    } catch (error) {
      if (error instanceof SyncError) return error
      throw error
    }
  }
  return { backend, stored, asked, pull, secrets }
}

const portals: [string, () => Response][] = [
  ['403 page', () => new Response('<html>Pay for Wi-Fi</html>', { status: 403 })],
  ['407 page', () => new Response('<html>Proxy</html>', { status: 407 })],
  ['200 page', () => new Response('<html>Welcome</html>', { status: 200 })],
  ['429 rate limit', () => json(429, { code: 'over_request_rate_limit', msg: 'slow down' })],
]
for (const [name, portal] of portals) {
  test(`SY-5: an expired token and a refresh answered with a ${name} keep the session; it works again afterwards`, async () => {
    let isCaptive = true
    const { pull, stored } = setUp((path) => {
      if (isCaptive) return portal()
      return path.endsWith('/token') ? json(200, session(3_600)) : json(200, page)
    }, -3_600)
    expect((await pull())?.kind).toBe('unreachable')
    expect(stored.has('session')).toBe(true)
    isCaptive = false
    expect(await pull()).toBeNull()
  }, 20_000)
}

test('SY-5: a refresh token that the server no longer knows asks for a new sign-in, and keeps what is stored', async () => {
  const { pull, stored } = setUp(
    () => json(400, { code: 'refresh_token_not_found', error_code: 'refresh_token_not_found', msg: 'no' }),
    -3_600,
  )
  const error = await pull()
  expect(error?.toAppError()).toMatchObject({
    code: 'sign_in_again',
    message: expect.stringContaining('your changes are kept'),
  })
  expect(stored.has('session')).toBe(true)
})

test('SY-5: no stored session asks for a sign-in without asking the server', async () => {
  const { pull, asked } = setUp(() => json(200, page), null)
  expect((await pull())?.kind).toBe('auth')
  expect(asked).toEqual([])
})

test('SY-6: a token that the server finds expired although the clock here says otherwise is refreshed once', async () => {
  let refreshed = false
  const { pull, asked } = setUp((path) => {
    if (path.endsWith('/token')) {
      refreshed = true
      return json(200, session(3_600))
    }
    return refreshed ? json(200, page) : json(401, { code: 'PGRST303', message: 'JWT expired' })
  }, 3_600)
  expect(await pull()).toBeNull()
  expect(asked.filter((path) => path.endsWith('/token'))).toHaveLength(1)
})

const failures: [string, () => Response | Promise<Response>, string][] = [
  ['no network', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
  ['a web page', () => new Response('<html>Welcome</html>', { status: 200 }), 'unreachable'],
  ['a web page with 403', () => new Response('<html>No</html>', { status: 403 }), 'unreachable'],
  ['a refusal that is not ours', () => json(403, { code: 'blocked', message: 'By the firewall.' }), 'server'],
  ['a sign-in that was ended', () => json(403, { code: 'PT403', message: 'Signed out.' }), 'forbidden'],
  ['no membership', () => json(403, { code: '42501', message: 'You are not a member of this company.' }), 'forbidden'],
  ['a busy server', () => json(503, { code: 'PGRST002', message: 'busy' }), 'server'],
  ['a fault of the server', () => json(500, { code: 'XX000', message: 'oops' }), 'bad_request'],
  ['a missing function', () => json(404, { code: 'PGRST202', message: 'no such function' }), 'protocol'],
  ['a newer server', () => json(200, { protocol: 2 }), 'protocol'],
  ['an answer of another shape', () => json(200, { protocol: 1, rows: 'none' }), 'protocol'],
]
for (const [name, answer, kind] of failures) {
  test(`SY-7: ${name} is told as ${kind}, in a sentence without a stack`, async () => {
    const { pull } = setUp(answer, 3_600)
    const error = await pull()
    expect(error?.kind).toBe(kind)
    expect(error?.message).toMatch(/^[A-Z][^\n]*\.$/)
  })
}

const signIns: [string, () => Response | Promise<Response>, string][] = [
  [
    'a wrong password',
    () => json(400, { code: 'invalid_credentials', error_code: 'invalid_credentials', msg: 'x' }),
    'wrong_password',
  ],
  ['too many attempts', () => json(429, { code: 'over_request_rate_limit', msg: 'x' }), 'rate_limited'],
  ['no network', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
  ['a captive portal', () => new Response('<html>', { status: 200 }), 'unreachable'],
  ['a server that fails', () => json(502, { msg: 'x' }), 'unreachable'],
  ['a banned user', () => json(403, { code: 'user_banned', error_code: 'user_banned', msg: 'x' }), 'sign_in_failed'],
]
for (const [name, answer, code] of signIns) {
  test(`SY-7: signing in with ${name} fails with ${code}`, async () => {
    const { backend } = setUp(answer, null)
    const result = await backend.signIn('a@b.example', 'secret')
    expect(result).toMatchObject({ ok: false, error: { code } })
  })
}

const refusals: [string, number, string, object][] = [
  ['too many attempts', 429, 'over_request_rate_limit', { code: 'rate_limited' }],
  ['one that is easy to guess', 422, 'weak_password', { code: 'weak_password', field: 'next' }],
  ['the present one', 422, 'same_password', { code: 'weak_password', field: 'next' }],
  ['a session that is too old', 400, 'reauthentication_needed', { code: 'refused' }],
  ['one that the server cannot store', 400, 'validation_failed', { code: 'refused' }],
  ['a server that fails', 502, 'unexpected_failure', { code: 'unreachable' }],
]
for (const [name, status, code, error] of refusals) {
  test(`UI-4: another password, ${name}: the reason is told`, async () => {
    const { backend } = setUp(
      (path) =>
        path.endsWith('/token') ? json(200, session(3_600)) : json(status, { code, error_code: code, msg: 'x' }),
      3_600,
    )
    const answer = await backend.changePassword('a@b.example', 'secret', 'secret too')
    expect(answer).toMatchObject({ ok: false, error })
  })
}

test('SY-5: signing out forgets the session although the server cannot be asked', async () => {
  const { backend, stored } = setUp(() => Promise.reject(new TypeError('fetch failed')), 3_600)
  await backend.signOut()
  expect(stored.size).toBe(0)
})

test('SY-8: a newer server asks for an update of the app, an older one for an update of the server', async () => {
  for (const [protocol, words] of [
    [2, 'Update the app'],
    [0, 'administrator'],
  ] as const) {
    const { pull } = setUp(() => json(200, { protocol, rows: [] }), 3_600)
    expect((await pull())?.message).toContain(words)
  }
})

test('R-2: the session of one user is not used for the replica of another', async () => {
  const { pull, asked } = setUp(() => json(200, page), 3_600)
  expect(await pull()).toBeNull()
  expect((await pull(COMPANY))?.kind).toBe('auth')
  expect(asked).toHaveLength(1)
})

test('R-2: whenever another user signs in, a request of the first one leaves with their own token or not at all', async () => {
  const other = { ...session(3_600), access_token: 'other.b.c', user: { ...USER, id: COMPANY } }
  const tokens: (string | null)[] = []
  for (let moment = 0; moment < 80; moment += 1) {
    const stored = new Map([['session', JSON.stringify(session(3_600))]])
    const secrets = {
      get: async (key: string) => stored.get(key) ?? null,
      set: async (key: string, value: string) => void stored.set(key, value),
      remove: async (key: string) => void stored.delete(key),
    }
    const backend = createSupabaseBackend(CONFIG, secrets, async (input, init) => {
      if (String(input).includes('/token')) return json(200, other)
      tokens.push(new Headers(init?.headers).get('authorization'))
      return json(200, page)
    })
    const signingIn = backend.signIn('b@b.example', 'secret')
    for (let turn = 0; turn < moment; turn += 1) await Promise.resolve()
    await backend
      .transportFor(USER.id)
      .pull(COMPANY, { customers: null }, 10)
      .catch((error: SyncError) => expect(error.kind).toBe('auth'))
    expect(await signingIn).toMatchObject({ ok: true })
  }
  expect(new Set(tokens)).toEqual(new Set(['Bearer a.b.c']))
  expect(tokens.length).toBeLessThan(80)
})

test('SY-8: each request says which protocol it speaks, in a header that browsers may send', async () => {
  const told: (string | null)[] = []
  const secrets = { get: async () => JSON.stringify(session(3_600)), set: async () => {}, remove: async () => {} }
  const backend = createSupabaseBackend(CONFIG, secrets, async (_input, init) => {
    told.push(new Headers(init?.headers).get('x-client-info'))
    return json(200, page)
  })
  await backend.transportFor(USER.id).pull(COMPANY, { customers: null }, 10)
  expect(told).toEqual(['tradesphere-customers sync-protocol/1'])
})

test.each([0, 2])(
  'SY-8: a server of protocol %i is never sent a change that it might misunderstand',
  async (protocol) => {
    let speaks = protocol
    const sent: unknown[] = []
    const secrets = { get: async () => JSON.stringify(session(3_600)), set: async () => {}, remove: async () => {} }
    const backend = createSupabaseBackend(CONFIG, secrets, async (_input, init) => {
      const { p_mutations: mutations } = JSON.parse(String(init?.body))
      sent.push(mutations)
      return json(200, { protocol: speaks, epoch: 'e', verdicts: [], serverTime: '2026-01-01T00:00:00Z' })
    })
    const change = { op: 'delete' as const, mutationId: USER.id, id: USER.id, editedAt: '2026-01-01T00:00:00Z' }
    const push = () => backend.transportFor(USER.id).push(COMPANY, [change])
    await expect(push()).rejects.toMatchObject({ kind: 'protocol' })
    expect(sent).toEqual([[]])
    // Updated meanwhile: asked once more with nothing, then never again.
    speaks = 1
    await push()
    await push()
    expect(sent).toEqual([[], [], [change], [change]])
  },
)

test('SY-5: a store that cannot be read is told as such, not as an ended session, and rejects nowhere unheard', async () => {
  let broken: StorageError | null = new StorageError('storage_failed', new Error('The disk is gone'))
  const { backend, pull } = setUp(
    () => json(200, page),
    3_600,
    () => {
      if (broken !== null) throw broken
    },
  )
  await expect(pull()).rejects.toBe(broken)
  const heard: string[] = []
  const listener = { onHint: () => undefined, onOpen: () => undefined, onEnd: () => void heard.push('end') }
  const close = backend.hintsFor(USER.id).open(COMPANY, listener)
  await expect.poll(() => heard).toEqual(['end'])
  close()
  broken = null
  expect(await pull()).toBeNull()
})

test('SY-5: reading and storing a session never throws into supabase-js', async () => {
  const broken = new StorageError('storage_failed', null)
  const refuse = async () => Promise.reject(broken)
  const storage = createSessionStorage({ get: refuse, set: refuse, remove: refuse })
  expect(await storage.getItem('session')).toBeNull()
  expect(storage.failure()).toBe(broken)
  await storage.setItem('session', 'token')
  expect(await storage.getItem('session')).toBe('token')
  expect(storage.failure()).toBeNull()
})

test('SY-5: a session that cannot be stored is good until the app is closed', async () => {
  const { pull, secrets } = setUp((path) => json(200, path.endsWith('/token') ? session(3_600) : page), -3_600)
  secrets.set = async () => Promise.reject(new StorageError('storage_full', null))
  expect(await pull()).toBeNull()
  expect(await pull()).toBeNull()
})
