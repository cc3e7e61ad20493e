import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { recoverOnce } from './crash-recovery.ts'
import { type NotifyParts, notifier } from './notify.ts'
import { stayInTray } from './stay-in-tray.ts'

const log = { info: vi.fn(), warn: vi.fn() }

test('EL-2: a window whose process died is loaded again once; the second time in a minute it is said', () => {
  const clock = { now: 1_000_000 }
  const contents = Object.assign(new EventEmitter(), { reload: vi.fn() })
  const giveUp = vi.fn()
  recoverOnce(contents as unknown as Parameters<typeof recoverOnce>[0], { now: () => clock.now, giveUp, log })
  const die = (reason: string) => contents.emit('render-process-gone', {}, { reason, exitCode: 5 })
  die('clean-exit')
  expect(contents.reload).not.toHaveBeenCalled()
  die('crashed')
  expect([contents.reload.mock.calls.length, giveUp.mock.calls.length]).toEqual([1, 0])
  clock.now += 59_000
  die('oom')
  expect([contents.reload.mock.calls.length, giveUp.mock.calls.length]).toEqual([1, 1])
  clock.now += 3_600_000
  die('crashed')
  expect([contents.reload.mock.calls.length, giveUp.mock.calls.length]).toEqual([2, 1])
})

function tray(isWanted: boolean) {
  const app = new EventEmitter()
  const putIcon = vi.fn()
  const keep = stayInTray(app as unknown as Parameters<typeof stayInTray>[0], { isWanted: () => isWanted, putIcon })
  const window = Object.assign(new EventEmitter(), { hide: vi.fn() })
  keep(window as unknown as Parameters<typeof keep>[0])
  const close = () => {
    const preventDefault = vi.fn()
    window.emit('close', { preventDefault })
    return preventDefault.mock.calls.length === 0
  }
  return { app, putIcon, window, close }
}

test('SY-7: where it is wanted, closing the window leaves the app in the tray, with one icon, until it quits', () => {
  const { app, putIcon, window, close } = tray(true)
  expect([close(), close()]).toEqual([false, false])
  expect(window.hide).toHaveBeenCalledTimes(2)
  expect(putIcon).toHaveBeenCalledOnce()
  app.emit('before-quit')
  expect(close()).toBe(true)
})

test('SY-7: where it is not wanted, a closed window is closed', () => {
  const { putIcon, close } = tray(false)
  expect(close()).toBe(true)
  expect(putIcon).not.toHaveBeenCalled()
})

function notifications(parts: Partial<NotifyParts> & { isSupported?: boolean }) {
  const shown: { title?: string; body?: string; click: () => void }[] = []
  const open = vi.fn()
  class Notification extends EventEmitter {
    static isSupported = () => parts.isSupported ?? true
    readonly options: Electron.NotificationConstructorOptions
    constructor(options: Electron.NotificationConstructorOptions) {
      super()
      this.options = options
    }
    show(): void {
      shown.push({ ...this.options, click: () => this.emit('click') })
    }
  }
  const notify = notifier({
    Notification: Notification as unknown as NotifyParts['Notification'],
    isWanted: () => true,
    isWatched: () => false,
    open,
    ...parts,
  })
  notify({ title: 'Import finished', body: '12 rows', screen: 'import' })
  return { shown, open }
}

test('EL-2: the system tells what happened while nobody looked, and a click leads there', () => {
  const { shown, open } = notifications({})
  expect(shown).toMatchObject([{ title: 'Import finished', body: '12 rows' }])
  shown[0]?.click()
  expect(open).toHaveBeenCalledExactlyOnceWith('import')
})

test.each([{ isWanted: () => false }, { isWatched: () => true }, { isSupported: false }])(
  'EL-2: nothing is told where it is not wanted, not needed, or not possible: %j',
  (parts) => expect(notifications(parts).shown).toEqual([]),
)
