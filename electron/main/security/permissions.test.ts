import type { Session } from 'electron'
import { expect, test, vi } from 'vitest'
import { denyPermissions, mayHave } from './permissions.ts'

function setUp() {
  let request: Parameters<Session['setPermissionRequestHandler']>[0] = null
  let check: Parameters<Session['setPermissionCheckHandler']>[0] = null
  const device = vi.fn()
  denyPermissions(
    {
      setPermissionRequestHandler: (handler) => {
        request = handler
      },
      setPermissionCheckHandler: (handler) => {
        check = handler
      },
      setDevicePermissionHandler: device,
    },
    { info: vi.fn(), warn: vi.fn() },
  )
  const ask = (permission: 'media' | 'openExternal' | 'persistent-storage', details: object): boolean => {
    let answer = false
    const all = { isMainFrame: true, requestingUrl: 'app://bundle/index.html', ...details }
    request?.(
      {} as never,
      permission,
      (allowed) => {
        answer = allowed
      },
      all,
    )
    return answer
  }
  const isChecked = (permission: 'geolocation' | 'persistent-storage', origin: string, isMainFrame = true) =>
    check?.(null, permission, origin, { isMainFrame, requestingUrl: `${origin}/` })
  return { ask, isChecked, device }
}

test.each(['media', 'geolocation', 'notifications', 'usb', 'clipboard-read', 'midi', 'display-capture', 'unknown'])(
  'EL-1: %s is not granted, not even to the app',
  (permission) => expect(mayHave(permission, 'app://bundle/')).toBe(false),
)

test('EL-1: what the app needs is granted to the app only, in its top frame only', () => {
  const { ask, isChecked } = setUp()
  expect(isChecked('persistent-storage', 'app://bundle')).toBe(true)
  expect(isChecked('persistent-storage', 'https://example.com')).toBe(false)
  expect(isChecked('persistent-storage', 'app://bundle', false)).toBe(false)
  expect(isChecked('geolocation', 'app://bundle')).toBe(false)
  expect(ask('persistent-storage', {})).toBe(true)
  expect(ask('persistent-storage', { isMainFrame: false })).toBe(false)
  expect(ask('persistent-storage', { requestingUrl: 'https://example.com/' })).toBe(false)
  expect(ask('media', { mediaTypes: ['audio'] })).toBe(false)
})

test('EL-1: a link to another program is judged by its address', () => {
  const { ask } = setUp()
  expect(ask('openExternal', { externalURL: 'mailto:ada@example.com' })).toBe(true)
  expect(ask('openExternal', { externalURL: 'ms-msdt:/id x' })).toBe(false)
  expect(ask('openExternal', { externalURL: 'mailto:a@example.com', requestingUrl: 'https://example.com/' })).toBe(
    false,
  )
  expect(ask('openExternal', {})).toBe(false)
})

test('EL-1: no device is handed out', () => {
  expect(setUp().device.mock.calls[0]?.[0]()).toBe(false)
})
