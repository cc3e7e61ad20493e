import { expect, test } from 'vitest'
import { listenForWake } from './page-wake.ts'

/** A page whose events a test sends, and what came of them. */
function setUp() {
  const window = new EventTarget()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const heard: string[] = []
  listenForWake({ window, document }, { onWake: () => heard.push('wake'), onShown: () => heard.push('shown') })
  return { window, document, heard }
}

test('SY-6: the network, a thaw and the return from the history wake the sync', () => {
  const { window, document, heard } = setUp()
  window.dispatchEvent(new Event('online'))
  window.dispatchEvent(new Event('offline'))
  document.dispatchEvent(new Event('resume'))
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  expect(heard).toEqual(['wake', 'wake', 'wake', 'wake'])
})

test('SY-6: a page that is shown again syncs; one that is hidden, or loaded anew, does nothing by it', () => {
  const { window, document, heard } = setUp()
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toEqual([])
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toEqual(['shown'])
})
