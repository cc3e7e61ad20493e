import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { CrmBridge } from '#shared/ipc/contract.ts'
import { signIn, waitUntilInStep } from '../harness/app-page.ts'
import { startTestBackend } from '../harness/backend.ts'
import { expect, test } from '../harness/desktop-test.ts'

declare global {
  interface Window {
    readonly crm?: CrmBridge
  }
}

test('EL-1: the window opens under app://, shown, with nothing of Node or of the harness in the page', async ({
  ui,
  desktop,
}) => {
  await ui.waitForLoadState()
  const windows = await desktop.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => [window.webContents.getURL().split('/')[2], window.isVisible()]),
    null,
  )
  expect(windows).toEqual([['bundle', true]])
  const page = await ui.evaluate(() => ({
    leaks: ['require', 'process', 'module', 'electron', '__standinInvoke'].filter((name) => name in window),
    bridge: Object.keys(window.crm ?? {}).sort(),
    frozen: Object.isFrozen(window.crm),
    secure: window.isSecureContext,
    // Where what waits is kept a second time.
    buckets: 'storageBuckets' in navigator,
  }))
  expect(page).toEqual({
    leaks: [],
    bridge: ['invoke', 'onChanged', 'onResume'],
    frozen: true,
    secure: true,
    buckets: true,
  })
})

test('EL-1: the policy stops an inline script and a connection to somebody else', async ({ ui }) => {
  const { ran, blocked } = await ui.evaluate(async () => {
    const blocked: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.head.append(script)
    await fetch('https://example.invalid/').catch(() => {})
    await new Promise((done) => setTimeout(done, 100))
    return { ran: 'inlineRan' in window, blocked }
  })
  expect(ran).toBe(false)
  expect(blocked).toContain('script-src-elem')
  expect(blocked).toContain('connect-src')
})

test('EL-1: files outside of the bundle are refused, screens get the app', async ({ ui }) => {
  const statuses = await ui.evaluate(async () => {
    const status = async (path: string) => (await fetch(path)).status
    return {
      start: await status('/index.html'),
      screen: await status('/customers/1'),
      missing: await status('/assets/none.js'),
      up: await status('/../../package.json'),
      encodedSlash: await status('/..%2f..%2fpackage.json'),
      encodedDots: await status('/%2e%2e%2f%2e%2e%2fpackage.json'),
      backslash: await status('/..%5c..%5cpackage.json'),
      nul: await status('/index.html%00.js'),
      post: (await fetch('/index.html', { method: 'POST', body: 'x' })).status,
    }
  })
  expect(statuses).toEqual({
    start: 200,
    screen: 200,
    missing: 404,
    up: 404,
    encodedSlash: 403,
    encodedDots: 403,
    backslash: 400,
    nul: 400,
    post: 405,
  })
})

test('EL-1: a page from elsewhere in our window can not use the bridge', async ({ ui, desktop }) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<h1>elsewhere</h1>')
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    // Main itself loads it: the worst case, in which every navigation guard has failed.
    await desktop.evaluate(async ({ BrowserWindow }, target) => {
      await BrowserWindow.getAllWindows()[0]?.loadURL(target)
    }, url)
    await expect(ui.getByRole('heading', { name: 'elsewhere' })).toBeVisible()
    const answers = await ui.evaluate(async () => {
      const refusal = (error: unknown) => String(error)
      return [
        await window.crm?.invoke('crm:config', null).catch(refusal),
        await window.crm?.invoke('crm:secret-set', { key: 'session', value: 'x' }).catch(refusal),
        await window.crm?.invoke('crm:secret-get', { key: 'session' }).catch(refusal),
      ]
    })
    for (const answer of answers) expect(answer).toContain('untrusted sender')
  } finally {
    server.close()
  }
})

test('EL-1: an argument that the contract does not allow is refused', async ({ ui }) => {
  const answer = await ui.evaluate(() =>
    window.crm?.invoke('crm:secret-get', { key: 'x'.repeat(101) }).catch((error: unknown) => String(error)),
  )
  expect(answer).toContain("its contract doesn't allow")
})

test('EL-1: navigation away and popups are refused; web links go to the browser', async ({ ui, desktop }) => {
  await desktop.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = async (url) => void opened.push(url)
  }, null)
  const links = [
    // What must not open comes first: when the last one has opened it would have, too.
    ['http://example.invalid/plain', '_blank'],
    ['https://example.invalid/here', '_self'],
    ['https://example.invalid/popup', '_blank'],
  ] as const
  for (const [href, target] of links) {
    await ui.evaluate(
      ([href, target]) => {
        const link = document.createElement('a')
        Object.assign(link, { href, target, rel: 'noreferrer', textContent: 'link' })
        document.body.append(link)
        link.click()
        link.remove()
      },
      [href, target],
    )
  }
  const seen = () =>
    desktop.evaluate(
      ({ BrowserWindow }) => ({
        outside: (globalThis as unknown as { openedOutside: string[] }).openedOutside.toSorted(),
        windows: BrowserWindow.getAllWindows().map((window) => window.webContents.getURL().split('/')[2]),
      }),
      null,
    )
  await expect
    .poll(seen)
    .toEqual({ outside: ['https://example.invalid/here', 'https://example.invalid/popup'], windows: ['bundle'] })
})

test('EL-1: a <webview> is never attached, a frame of another origin never loads', async ({ ui, desktop }) => {
  const prevented = await desktop.evaluate(({ BrowserWindow }) => {
    const asked: boolean[] = []
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const event = { preventDefault: () => asked.push(true) }
    ;(contents as unknown as NodeJS.EventEmitter).emit('will-attach-webview', event, {}, {})
    return asked.length
  }, null)
  expect(prevented).toBe(1)
  const directive = await ui.evaluate(
    () =>
      new Promise((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective))
        const frame = document.createElement('iframe')
        frame.src = 'https://example.invalid/'
        document.body.append(frame)
      }),
  )
  expect(directive).toBe('frame-src')
})

test('EL-1: permissions that the app does not need are denied', async ({ ui }) => {
  const states = await ui.evaluate(async () => {
    const ask = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state
    return [await ask('geolocation'), await ask('notifications'), await ask('camera'), await ask('microphone')]
  })
  expect(states).not.toContain('granted')
})

test('EL-1: a secret survives a restart, encrypted on disk', async ({ launch, desktop, ui }) => {
  const secret = 'refresh-token-of-ada'
  const stored = await ui.evaluate(
    (value) => window.crm?.invoke('crm:secret-set', { key: 'session', value: value }),
    secret,
  )
  expect(stored).toEqual({ ok: true, value: null })
  expect(await ui.evaluate(() => window.crm?.invoke('crm:secret-get', { key: 'session' }))).toBe(secret)
  const onDisk = readFileSync(join(desktop.userData, 'secrets.json'), 'utf8')
  expect(onDisk).not.toContain(secret)
  expect(onDisk).not.toContain(Buffer.from(secret).toString('base64'))

  await desktop.close()
  const again = await launch({ userData: desktop.userData })
  const next = await again.firstWindow()
  expect(await next.evaluate(() => window.crm?.invoke('crm:secret-get', { key: 'session' }))).toBe(secret)
  await next.evaluate(() => window.crm?.invoke('crm:secret-remove', { key: 'session' }))
  expect(await next.evaluate(() => window.crm?.invoke('crm:secret-get', { key: 'session' }))).toBeNull()
})

test('EL-1: without a key store nothing is stored', async ({ desktop, ui }) => {
  await desktop.evaluate(({ safeStorage }) => {
    safeStorage.isEncryptionAvailable = () => false
  }, null)
  const stored = await ui.evaluate(() =>
    window.crm?.invoke('crm:secret-set', { key: 'session', value: 'refresh-token-of-ada' }),
  )
  expect(stored).toMatchObject({ ok: false, error: { code: 'no_secret_store' } })
  expect(await ui.evaluate(() => window.crm?.invoke('crm:secret-get', { key: 'session' }))).toBeNull()
  expect(() => readFileSync(join(desktop.userData, 'secrets.json'))).toThrow('ENOENT')
})

test('EL-2: a file is saved where the system’s dialog says, or not at all, and no page begins a download', async ({
  desktop,
  ui,
}) => {
  const place = join(desktop.userData, 'chosen.csv')
  const choose = (filePath: string) =>
    desktop.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: filePath === '', filePath })
    }, filePath)
  const save = (text: string) =>
    ui.evaluate(async (text) => {
      const id = (await window.crm?.invoke('crm:save-open', { name: 'customers.csv' })) as string | null
      if (id === null) return null
      await window.crm?.invoke('crm:save-write', { id, text })
      return window.crm?.invoke('crm:save-end', { id, keep: true })
    }, text)
  await choose('')
  expect(await save('Ada\r\n')).toBeNull()
  await choose(place)
  expect(await save('Grüße\r\n')).toEqual({ ok: true, value: null })
  expect(readFileSync(place, 'utf8')).toBe('Grüße\r\n')

  await ui.evaluate(() => {
    const link = document.createElement('a')
    Object.assign(link, { href: URL.createObjectURL(new Blob(['x'])), download: 'planted.exe' })
    link.click()
  })
  const log = () => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')
  await expect.poll(log).toContain('download.refused')
})

test('EL-2: what a crash left half-written is gone after the next start', async ({ launch, desktop, ui }) => {
  const journal = join(desktop.userData, 'half-files.json')
  await desktop.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    },
    join(desktop.userData, 'chosen.csv'),
  )
  await ui.evaluate(async () => {
    const id = (await window.crm?.invoke('crm:save-open', { name: 'customers.csv' })) as string
    await window.crm?.invoke('crm:save-write', { id, text: 'half' })
  })
  const noted = readFileSync(journal, 'utf8')
  const [half = ''] = JSON.parse(noted) as string[]
  expect(readFileSync(half, 'utf8')).toBe('half')

  // An end in order removes it; a crash would have left both.
  await desktop.close()
  await expect.poll(() => existsSync(half)).toBe(false)
  writeFileSync(half, 'half')
  writeFileSync(journal, noted)
  await (await launch({ userData: desktop.userData })).firstWindow()
  await expect.poll(() => readFileSync(journal, 'utf8')).toBe('[]')
  expect(existsSync(half)).toBe(false)
})

test('EL-2: the renderer hears that the machine woke up', async ({ desktop, ui }) => {
  await ui.evaluate(() => {
    const heard: number[] = []
    const stop = window.crm?.onResume(() => {
      heard.push(1)
      if (heard.length === 2) stop?.()
    })
    Object.assign(window, { heard })
  })
  const heard = () => ui.evaluate(() => (window as unknown as { heard: number[] }).heard.length)
  for (const times of [1, 2, 2]) {
    await desktop.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'), null)
    await expect.poll(heard).toBe(times)
  }
  // What came after it no longer listened would be here by now.
  await ui.waitForTimeout(100)
  expect(await heard()).toBe(2)
})

test('EL-2: the window comes back where it was', async ({ launch, desktop }) => {
  await desktop.firstWindow()
  await desktop.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    window?.setBounds({ x: 40, y: 30, width: 900, height: 700 })
    window?.close()
  }, null)
  await desktop.close()
  const again = await launch({ userData: desktop.userData })
  await again.firstWindow()
  const bounds = await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null)
  expect(bounds).toEqual({ x: 40, y: 30, width: 900, height: 700 })
})

// A modal box of the operating system can't be read by a test: the stand-in records what it would say.
test('EL-1: a configuration that can not be used is said in a sentence, and no window opens @standin', async ({
  launch,
}) => {
  for (const [config, words] of [
    ['{"supabaseUrl": 1}', 'Correct it and start the app again'],
    ['{"supabaseUrl": "http://crm.example.com", "publishableKey": "k"}', 'Use an address that starts with https://'],
  ] as const) {
    const app = await launch({ config })
    expect(await app.standin?.state.app.exited).toBe(1)
    expect(app.standin?.state.record.errorBoxes[0]?.content).toContain(words)
    expect(app.standin?.state.windows).toEqual([])
  }
})

test('EL-1: one signs in and sees the customers through the desktop app, and the session is sealed on disk', async ({
  launch,
}) => {
  const backend = await startTestBackend({ customers: 60 })
  try {
    const user = backend.user('sales')
    const config = JSON.stringify({ supabaseUrl: backend.url(), publishableKey: backend.publishableKey() })
    const desktop = await launch({ config })
    const ui = await desktop.firstWindow()
    await signIn(ui, user)
    await waitUntilInStep(ui)
    const [expected] = await backend.sql()`
      select count(*)::int as count from customers join companies on companies.id = customers.company_id
      where companies.name = ${user.company} and customers.deleted_at is null`
    await expect(ui.getByRole('grid')).toHaveAttribute('aria-rowcount', String(Number(expected?.count) + 1))
    const onDisk = readFileSync(join(desktop.userData, 'secrets.json'), 'utf8')
    expect(onDisk).not.toContain('refresh_token')
    expect(onDisk).not.toContain(user.email)
    expect(desktop.standin?.state.record.pageErrors ?? []).toEqual([])
  } finally {
    await backend.close()
  }
})
