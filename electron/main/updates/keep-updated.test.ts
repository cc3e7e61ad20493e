import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepUpdated, type Updater } from './keep-updated.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(platform: NodeJS.Platform = 'win32') {
  const updater = Object.assign(new EventEmitter(), {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    checkForUpdates: vi.fn(async () => null),
    quitAndInstall: vi.fn(),
  })
  const changed = vi.fn()
  const log = { info: vi.fn(), warn: vi.fn() }
  const updates = keepUpdated({ updater: updater as unknown as Updater, platform, changed, log })
  const download = () => updater.emit('update-downloaded', { version: '1.2.3' })
  return { updater, updates, changed, log, download }
}

test('EL-2: it looks for updates at the start and every four hours', () => {
  const { updater } = setUp()
  expect(updater.autoDownload).toBe(true)
  vi.advanceTimersByTime(8 * 60 * 60_000)
  expect(updater.checkForUpdates).toHaveBeenCalledTimes(3)
})

test('EL-2: an update is prepared at once, and installed on quit while nothing waits only', () => {
  const { updater, updates, download } = setUp()
  expect(updater.autoInstallOnAppQuit).toBe(true)
  updates.unsent(0)
  download()
  expect(updates.state()).toEqual({ kind: 'ready', version: '1.2.3', isHeld: false, onQuit: true })
  updates.unsent(3)
  expect(updates.state()).toEqual({ kind: 'ready', version: '1.2.3', isHeld: true, onQuit: true })
  // Off already at the download, electron-updater would never install it on a later quit.
  expect(updater.autoInstallOnAppQuit).toBe(true)
  updates.quitting()
  expect(updater.autoInstallOnAppQuit).toBe(false)
  expect(updates.install()).toMatchObject({ ok: false, error: { code: 'unsent' } })
  expect(updater.quitAndInstall).not.toHaveBeenCalled()
  updates.unsent(0)
  updates.quitting()
  expect(updater.autoInstallOnAppQuit).toBe(true)
  expect(updates.install().ok).toBe(true)
  expect(updater.quitAndInstall).toHaveBeenCalledOnce()
})

test('EL-2: until the page has said how much waits, everything may', () => {
  const { updater, updates, download } = setUp()
  download()
  expect(updates.state()).toMatchObject({ isHeld: true })
  updates.quitting()
  expect(updater.autoInstallOnAppQuit).toBe(false)
})

test('EL-2: on a Mac nothing is staged by itself, where nobody could hold it back any more', () => {
  const { updater, updates, download } = setUp('darwin')
  updates.unsent(0)
  download()
  updates.quitting()
  expect(updater.autoInstallOnAppQuit).toBe(false)
  expect(updates.state()).toMatchObject({ isHeld: false, onQuit: false })
  expect(updates.install().ok).toBe(true)
})

test('EL-2: the page hears of a change, not of every count', () => {
  const { updates, changed, download } = setUp()
  updates.unsent(1)
  expect(changed).not.toHaveBeenCalled()
  download()
  updates.unsent(2)
  updates.unsent(0)
  updates.unsent(0)
  expect(changed).toHaveBeenCalledTimes(2)
})

test('EL-2: a server of updates that fails, or none, stops nothing', async () => {
  const { updater, updates, log } = setUp()
  updater.checkForUpdates.mockRejectedValue(new Error('offline'))
  updater.emit('error', new Error('bad signature'))
  await vi.advanceTimersByTimeAsync(4 * 60 * 60_000)
  expect(log.warn).toHaveBeenCalledWith('update.failed', expect.anything())
  expect(updates.state()).toEqual({ kind: 'none' })
  const none = keepUpdated({ updater: null, platform: 'linux', changed: () => {}, log })
  none.unsent(0)
  expect(none.install()).toMatchObject({ error: { code: 'no_update' } })
})
