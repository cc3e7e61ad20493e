import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { webHost } from './web-host.ts'

let parent: string
let serve: (request: Request) => Promise<Response>

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'web-host-'))
  writeFileSync(join(parent, 'secret.txt'), 'secret')
  const dist = mkdtempSync(join(parent, 'dist-'))
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>app</title>')
  writeFileSync(join(dist, 'a.js'), 'export {}')
  serve = webHost(dist, () => ({ supabaseUrl: 'http://127.0.0.1:1', publishableKey: 'k' }))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const get = (path: string) => serve(new Request(`http://host${path}`))

describe('EL-3: the web host', () => {
  test('serves the app for routes, and files with their type and a strict CSP', async () => {
    const route = await get('/customers/1')
    expect(await route.text()).toContain('<title>app</title>')
    expect(route.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect((await get('/a.js')).headers.get('content-type')).toContain('javascript')
    expect((await get('/missing.js')).status).toBe(404)
  })

  test('tells where the backend is, never cached', async () => {
    const answer = await get('/config.json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({ supabaseUrl: 'http://127.0.0.1:1', publishableKey: 'k' })
  })

  test.each(['/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/..%5csecret.txt', '/a%00.js', '/%zz'])(
    'never leaves its folder: %s',
    async (path) => {
      const answer = await get(path)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await answer.text()).not.toContain('secret')
    },
  )

  test('refuses writes', async () => {
    expect((await serve(new Request('http://host/', { method: 'POST' }))).status).toBe(405)
  })
})
