import { expect, test } from 'vitest'
import type { CrmBridge } from '#shared/ipc/contract.ts'
import type { DesktopState, Opening } from '#shared/ipc/desktop.ts'
import { openDesktop } from './desktop.ts'

const STATE: DesktopState = {
  server: null,
  preferences: { keepSyncing: false, notifications: true },
  lock: { afterMinutes: null, isLocked: false },
  update: { kind: 'none' },
}
const SCREEN: Opening = { kind: 'screen', screen: 'attention' }

function setUp(waiting: Opening[]) {
  const listeners: (() => void)[] = []
  const answers: Record<string, unknown> = { 'crm:state': STATE }
  const bridge: CrmBridge = {
    invoke: async (channel) => (channel === 'crm:openings' ? waiting.splice(0) : answers[channel]),
    onResume: () => () => {},
    onChanged: (listener) => {
      listeners.push(listener)
      return () => {}
    },
  }
  return { desktop: openDesktop(bridge), answers, changed: () => listeners[0]?.() }
}

test('EL-2: the page knows how the desktop stands, and what waited to be opened before it was there', async () => {
  const { desktop } = setUp([SCREEN])
  await expect.poll(() => desktop.openings.get()).toEqual([SCREEN])
  expect(desktop.state.get()).toEqual(STATE)
})

test('EL-2: a change is asked for; openings add up until they are opened', async () => {
  const waiting = [SCREEN]
  const { desktop, answers, changed } = setUp(waiting)
  await expect.poll(() => desktop.openings.get()).toHaveLength(1)
  answers['crm:state'] = { ...STATE, server: 'https://a.example' }
  waiting.push(SCREEN)
  changed()
  await expect.poll(() => desktop.openings.get()).toHaveLength(2)
  expect(desktop.state.get()?.server).toBe('https://a.example')
})

test('EL-1: an answer outside of the contract is not believed', async () => {
  const { desktop, answers, changed } = setUp([])
  await expect.poll(() => desktop.state.get()).not.toBeNull()
  answers['crm:state'] = { server: 7 }
  changed()
  await new Promise((done) => setTimeout(done, 0))
  expect(desktop.state.get()).toEqual(STATE)
})
