import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { released } from './released.ts'

/** A page on which something is pressed, or nothing. */
function setUp(isPressed: boolean) {
  const window = new EventTarget()
  vi.stubGlobal('window', window)
  vi.stubGlobal('document', { querySelector: () => (isPressed ? {} : null) })
  const onReleased = vi.fn<() => void>()
  void released().then(onReleased)
  return { window, onReleased }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('UI-2: nothing pressed is waited for by nobody', async () => {
  const { onReleased } = setUp(false)
  await Promise.resolve()
  expect(onReleased).toHaveBeenCalled()
})

test.each(['pointerup', 'pointercancel', 'keyup', 'dragend', 'blur'])(
  'UI-2: a press is over with %s, and not before',
  async (end) => {
    const { window, onReleased } = setUp(true)
    await vi.advanceTimersByTimeAsync(500)
    expect(onReleased).not.toHaveBeenCalled()
    window.dispatchEvent(new Event(end))
    await vi.advanceTimersByTimeAsync(0)
    expect(onReleased).toHaveBeenCalled()
  },
)

test('UI-2: a press whose end is never told keeps nobody waiting for more than a second', async () => {
  const { onReleased } = setUp(true)
  await vi.advanceTimersByTimeAsync(1_100)
  expect(onReleased).toHaveBeenCalled()
})
