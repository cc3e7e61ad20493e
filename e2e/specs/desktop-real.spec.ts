import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronBinary } from '#scripts/electron-binary.ts'
import { expect, test } from '../harness/desktop-test.ts'
import { PROJECT_ROOT } from '../harness/project-root.ts'

// What the stand-in can't prove, since it is no Electron: `npm run e2e:electron` on a machine that has it.

test('EL-1: the page runs in the sandbox, isolated from the preload, under a real app:// origin @real', async ({
  ui,
  desktop,
}) => {
  const preferences = await desktop.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Not in Electron's types, but in its API since version 2.
    return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()
  }, null)
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  })
  const page = await ui.evaluate(() => ({
    origin: window.location.origin,
    isSecure: window.isSecureContext,
    // A change of the page's own prototypes must not reach the preload's world.
    bridge: ((): string => {
      Function.prototype.call = () => 'hijacked'
      return typeof (window as unknown as { crm?: { invoke?: unknown } }).crm?.invoke
    })(),
  }))
  expect(page).toEqual({ origin: 'app://bundle', isSecure: true, bridge: 'function' })
})

test('EL-3: storage, workers and streaming fetch work under app:// @real', async ({ ui }) => {
  const works = await ui.evaluate(async () => ({
    database: await new Promise<boolean>((done) => {
      const opening = indexedDB.open('probe')
      opening.onsuccess = () => done(true)
      opening.onerror = () => done(false)
    }),
    locks: (await navigator.locks.query()).held !== undefined,
    fetched: (await fetch('/index.html')).status,
    persisted: await navigator.storage.persisted(),
  }))
  expect(works).toMatchObject({ database: true, locks: true, fetched: 200 })
})

test('EL-2: a second start leaves one window, and hands over its link @real', async ({ ui, desktop }) => {
  // One that the first start refuses: before the sign-in only that leaves a trace.
  const link = 'tradesphere://nothing-of-ours'
  const second = spawnSync(electronBinary() ?? '', [PROJECT_ROOT, `--user-data-dir=${desktop.userData}`, link], {
    timeout: 20_000,
  })
  expect(second.status).toBe(0)
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1)
  const log = () => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')
  await expect.poll(log).toMatch(/app\.second-start[\s\S]*opening\.refused/)
  await expect(ui).toHaveTitle(/TradeSphere Customers/)
})

test('EL-1: the key store of this system seals secrets, or refuses to keep them @real', async ({ ui, desktop }) => {
  const stored = await ui.evaluate(() => window.crm?.invoke('crm:secret-set', { key: 'probe', value: 'plain text' }))
  const isSealed = (stored as { ok: boolean }).ok
  const isAvailable = await desktop.evaluate(
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() &&
      (process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())),
    null,
  )
  expect(isSealed).toBe(isAvailable)
  if (isSealed) expect(readFileSync(join(desktop.userData, 'secrets.json'), 'utf8')).not.toContain('plain text')
})

test('EL-2: a window whose process is killed comes back by itself @real', async ({ ui, desktop }) => {
  await ui.waitForLoadState()
  const crashed = ui.waitForEvent('crash')
  await desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    null,
  )
  await crashed
  await expect
    .poll(() =>
      desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed(), null),
    )
    .toBe(false)
})
