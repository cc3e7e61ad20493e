import { expect, test } from 'vitest'
import type { SyncPhase, SyncStatus } from '#shared/replica-api/sync-status.ts'
import { syncPill } from './sync-pill.ts'

const n = (count: number): string => new Intl.NumberFormat().format(count)

function pillOf(phase: SyncPhase, waiting = 0, attention = 0) {
  const status: SyncStatus = {
    phase,
    waiting,
    elsewhere: 0,
    attention,
    waitingSince: null,
    lastSyncAt: null,
    incident: null,
  }
  return syncPill(status)
}

test('SY-7: in step with nothing to send is calm, also while pulling', () => {
  expect(pillOf({ kind: 'upToDate' })).toEqual({ text: 'Up to date', tone: 'calm' })
  expect(pillOf({ kind: 'syncing' })).toEqual({ text: 'Up to date', tone: 'calm' })
})

test('SY-7: unsent edits show as waiting, and as saving only while they are being sent', () => {
  expect(pillOf({ kind: 'upToDate' }, 3)).toEqual({ text: '3 changes waiting', tone: 'waiting' })
  expect(pillOf({ kind: 'upToDate' }, 1).text).toBe('1 change waiting')
  expect(pillOf({ kind: 'syncing' }, 3)).toEqual({ text: 'Saving…', tone: 'busy' })
})

test('SY-7: offline says so, with what waits', () => {
  expect(pillOf({ kind: 'offline' }, 12)).toEqual({
    text: 'Offline · 12 changes waiting',
    short: 'Offline · 12',
    tone: 'waiting',
  })
  expect(pillOf({ kind: 'offline' }, 1).text).toBe('Offline · 1 change waiting')
  expect(pillOf({ kind: 'offline' }).text).toBe('Offline')
})

test('SY-7: the first sync counts what has arrived', () => {
  expect(pillOf({ kind: 'firstSync', received: 4200, total: 10047 }).text).toBe(`First sync ${n(4200)} of ${n(10047)}`)
  expect(pillOf({ kind: 'firstSync', received: 4200, total: 10047 }).short).toBe(`${n(4200)} of ${n(10047)}`)
  expect(pillOf({ kind: 'firstSync', received: 4200, total: null }).text).toBe(`First sync ${n(4200)}`)
})

test('SY-7: what needs a person outranks what goes by itself, once the server can be reached', () => {
  expect(pillOf({ kind: 'upToDate' }, 5, 2)).toEqual({ text: '2 need attention', tone: 'wrong' })
  expect(pillOf({ kind: 'upToDate' }, 0, 1).text).toBe('1 needs attention')
  expect(pillOf({ kind: 'offline' }, 5, 2).text).toBe('Offline · 5 changes waiting')
})

test('SY-7: a failure is never calm', () => {
  const failed: SyncPhase = { kind: 'failed', error: { code: 'x', message: 'Do this.' }, retryAt: null }
  expect(pillOf(failed)).toEqual({ text: "Can't sync", tone: 'wrong' })
  expect(pillOf(failed, 2).text).toBe("Can't sync · 2 changes waiting")
})
