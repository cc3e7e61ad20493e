import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { refuseDownloads } from './downloads.ts'

test('EL-1: a download that a page begins is prevented', () => {
  const session = new EventEmitter()
  const log = { info: vi.fn(), warn: vi.fn() }
  // Only what the guard uses of a session is there.
  refuseDownloads(session as unknown as Parameters<typeof refuseDownloads>[0], log)
  const preventDefault = vi.fn()
  session.emit('will-download', { preventDefault }, {}, {})
  expect(preventDefault).toHaveBeenCalledOnce()
  expect(log.warn).toHaveBeenCalledWith('download.refused')
})
