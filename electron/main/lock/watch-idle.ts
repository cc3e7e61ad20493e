import type { PowerMonitor } from 'electron'
import type { AppLock } from './app-lock.ts'

const EVERY_MS = 15_000

/** Locks the app with the screen, with sleep, and when nobody has touched the machine for long enough. */
export function watchIdle(powerMonitor: Pick<PowerMonitor, 'on' | 'getSystemIdleTime'>, lock: AppLock): void {
  powerMonitor.on('lock-screen', lock.lock)
  powerMonitor.on('suspend', lock.lock)
  setInterval(() => lock.idle(powerMonitor.getSystemIdleTime()), EVERY_MS).unref()
}
