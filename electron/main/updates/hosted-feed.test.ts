import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NsisUpdater } from 'electron-updater'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepUpdated } from './keep-updated.ts'

// The real updater of Windows over a feed as the company hosts it; only the network and the operating system are played.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosted-feed-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Looks for an update once, on a feed with such lines more; answers what the app knows afterwards. */
async function look(more: string, signature: string | null) {
  const config = join(folder, 'app-update.yml')
  writeFileSync(
    config,
    'provider: generic\nurl: https://updates.example\nupdaterCacheDirName: cache\npublisherName: [TradeSphere]\n',
  )
  const updater = new NsisUpdater(null, {
    version: '1.0.0',
    name: 'app',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  })
  updater.logger = null
  updater.disableDifferentialDownload = true
  const verify = vi.fn(async () => signature)
  updater.verifyUpdateCodeSignature = verify
  const feed = `version: 1.1.0\nfiles:\n  - url: setup.exe\n    sha512: c3Vt\n    size: 9\npath: setup.exe\nsha512: c3Vt\n${more}`
  const executor = {
    request: async () => feed,
    download: (_url: URL, file: string) => writeFile(file, 'installer'),
  }
  Object.assign(updater, { httpExecutor: executor })
  const log = { info: vi.fn(), warn: vi.fn() }
  const updates = keepUpdated({ updater, platform: 'win32', changed: () => {}, log })
  const said = () => [...log.info.mock.calls, ...log.warn.mock.calls].flat()
  return {
    updates,
    verify,
    said,
    checked: new Promise<void>((done) => updater.once('update-not-available', () => done())),
  }
}

test('EL-2: an update whose signature is of the company is ready, for everybody when all stages are open', async () => {
  const { updates, verify } = await look('stagingPercentage: 100\n', null)
  await expect.poll(() => updates.state()).toMatchObject({ kind: 'ready', version: '1.1.0' })
  expect(verify).toHaveBeenCalledExactlyOnceWith(['TradeSphere'], expect.stringContaining('setup.exe'))
})

test('EL-2: an update that somebody else has signed, or nobody, is thrown away', async () => {
  const { updates, said } = await look('', 'signed by somebody else')
  await expect.poll(said).toContain('update.failed')
  expect(updates.state()).toEqual({ kind: 'none' })
  expect(updates.install().ok).toBe(false)
})

test('EL-2: a laptop outside of the stage that is open gets no update yet', async () => {
  const { updates, verify, checked } = await look('stagingPercentage: 0\n', null)
  await checked
  expect(updates.state()).toEqual({ kind: 'none' })
  expect(verify).not.toHaveBeenCalled()
})
