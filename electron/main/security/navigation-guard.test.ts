import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import type { LogEvent } from '../log/log.ts'
import { guardContents, guardNavigation } from './navigation-guard.ts'

function setUp() {
  const logged: LogEvent[] = []
  const log = { info: (event: LogEvent) => void logged.push(event), warn: (event: LogEvent) => void logged.push(event) }
  const openExternal = vi.fn(async (_url: string) => {})
  const open = { handler: (_details: { url: string }): { action: string } => ({ action: 'allow' }) }
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open.handler) => {
      open.handler = handler
    },
  })
  // Only what the guard uses of a page is there.
  guardContents(contents as unknown as Parameters<typeof guardContents>[0], { openExternal }, log)
  const emit = (name: string, facts: object) => {
    const preventDefault = vi.fn()
    contents.emit(name, { preventDefault, ...facts }, {}, {})
    return preventDefault.mock.calls.length > 0
  }
  return { logged, openExternal, open, emit }
}

test('EL-1: inside the app one may navigate', () => {
  const { emit, openExternal } = setUp()
  expect(emit('will-frame-navigate', { url: 'app://bundle/index.html', isMainFrame: true })).toBe(false)
  expect(openExternal).not.toHaveBeenCalled()
})

test('EL-1: a link to the web is prevented and goes to the browser', () => {
  const { emit, openExternal } = setUp()
  expect(emit('will-frame-navigate', { url: 'https://example.com/', isMainFrame: true })).toBe(true)
  expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://example.com/')
})

test('EL-1: a subframe, a redirect, a webview and a dangerous link are prevented and go nowhere', () => {
  const { emit, openExternal, logged } = setUp()
  expect(emit('will-frame-navigate', { url: 'https://example.com/', isMainFrame: false })).toBe(true)
  expect(emit('will-frame-navigate', { url: 'file:///etc/passwd', isMainFrame: true })).toBe(true)
  expect(emit('will-redirect', { url: 'app://bundle/' })).toBe(true)
  expect(emit('will-attach-webview', {})).toBe(true)
  expect(openExternal).not.toHaveBeenCalled()
  expect(logged).toEqual(['navigation.refused', 'link.refused', 'redirect.refused', 'webview.refused'])
})

test('EL-1: no popup opens, whatever its address', () => {
  const { open, openExternal } = setUp()
  for (const url of ['app://bundle/', 'https://example.com/', 'about:blank', 'file:///x']) {
    expect(open.handler({ url })).toEqual({ action: 'deny' })
  }
  expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://example.com/')
})

test('EL-1: every page that comes to be is guarded; a browser that fails to open is logged', async () => {
  const app = new EventEmitter()
  const log = { info: vi.fn(), warn: vi.fn() }
  const openExternal = vi.fn(async () => {
    throw new Error('no browser')
  })
  guardNavigation(app as unknown as Parameters<typeof guardNavigation>[0], { openExternal }, log)
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() })
  app.emit('web-contents-created', {}, contents)
  expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce()
  contents.emit('will-frame-navigate', { url: 'https://example.com/', isMainFrame: true, preventDefault: () => {} })
  await expect.poll(() => log.warn).toHaveBeenCalledWith('link.failed', expect.anything())
})
