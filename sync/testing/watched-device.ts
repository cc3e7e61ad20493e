import { expect, onTestFinished } from 'vitest'
import { TestDevice, type TestDeviceOptions } from './test-device.ts'

/** A laptop that is stopped after the test, and must not have met a bug. */
export function watchedDevice(options: TestDeviceOptions): TestDevice {
  const device = new TestDevice(options)
  onTestFinished(async () => {
    await device.stop()
    expect(device.bugs).toEqual([])
  })
  return device
}
