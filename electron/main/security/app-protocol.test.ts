import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerBundleRequest, registerAppScheme, serveBundle } from './app-protocol.ts'

let folder: string
const ask = (path: string, method = 'GET') =>
  answerBundleRequest(new Request(`app://bundle${path}`, { method }), {
    bundleDir: join(folder, 'renderer'),
    policy: () => "default-src 'none'",
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-protocol-'))
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer/index.html'), '<h1>app</h1>')
  writeFileSync(join(folder, 'renderer/assets/a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.json'), '{}')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('EL-1: files of the bundle come with their type and the security headers', async () => {
  const answer = await ask('/assets/a.js')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe('export {}')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  })
})

test('EL-1: a screen gets the app, HEAD no body, a missing file 404', async () => {
  expect(await (await ask('/customers/7')).text()).toBe('<h1>app</h1>')
  expect(await (await ask('/index.html', 'HEAD')).text()).toBe('')
  expect((await ask('/assets/none.js')).status).toBe(404)
})

test('EL-1: refusals and errors carry the policy too, and no content', async () => {
  for (const answer of [await ask('/..%2fsecret.json'), await ask('/none.js'), await ask('/index.html', 'POST')]) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(await answer.text()).toBe('')
  }
})

test('EL-1: app: is registered as a secure standard scheme without any bypass, and served', async () => {
  const registered: unknown[] = []
  registerAppScheme({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) })
  expect(registered).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
  let handler: ((request: Request) => Response | Promise<Response>) | undefined
  serveBundle(
    {
      handle: (_scheme, given) => {
        handler = given
      },
    },
    { bundleDir: join(folder, 'renderer'), policy: () => 'p' },
  )
  expect((await handler?.(new Request('app://bundle/')))?.status).toBe(200)
})
