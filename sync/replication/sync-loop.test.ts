import { expect, test } from 'vitest'
import { StorageError } from '#database/local/storage-error.ts'
import type { SyncPhase } from '#shared/replica-api/sync-status.ts'
import { SyncError } from './sync-error.ts'
import { SyncLoop } from './sync-loop.ts'

/** A loop whose clock, network and rounds are the test's. */
function setUp() {
  let time = 0
  let timer: { at: number; run: () => void } | null = null
  const state = {
    rounds: 0,
    refreshed: 0,
    error: null as unknown,
    failsToRefresh: false,
    online: true,
    waiting: false,
    forbidden: false,
  }
  const polls = { ms: 3_000, news: 0, found: 0 }
  const phases: SyncPhase[] = []
  const bugs: unknown[] = []
  const loop = new SyncLoop({
    timing: {
      now: () => time,
      after: (ms, run) => {
        const mine = { at: time + ms, run }
        timer = mine
        return () => {
          if (timer === mine) timer = null
        }
      },
      random: () => 0,
    },
    onPhase: (phase) => phases.push(phase),
    reportBug: (error) => bugs.push(error),
    hasWaiting: () => state.waiting,
    isOnline: () => state.online,
    pollMs: () => polls.ms,
    onFoundByPoll: () => {
      polls.found += 1
    },
    round: {
      refreshWorkspace: async () => {
        state.refreshed += 1
        if (state.failsToRefresh) throw state.error
      },
      push: async () => {
        state.rounds += 1
        if (state.error !== null) throw state.error
        return { forbidden: state.forbidden, failure: null }
      },
      pull: async () => polls.news,
      finished: async () => undefined,
    },
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  /** Lets the time until the next timer pass; answers how long that was, or null where none is set. */
  const next = async (): Promise<number | null> => {
    await settle()
    if (timer === null) return null
    const due: { at: number; run: () => void } = timer
    const waited = due.at - time
    time = due.at
    timer = null
    due.run()
    await settle()
    return waited
  }
  return { loop, state, polls, phases, bugs, settle, next, kinds: () => phases.map((phase) => phase.kind) }
}
const unreachable = () => new SyncError('unreachable', 'No network.')

test('SY-6: the loop polls every three seconds, and a poll that finds nothing shows nothing', async () => {
  const { loop, state, next, kinds } = setUp()
  loop.wake()
  expect([await next(), await next(), await next()]).toEqual([3_000, 3_000, 3_000])
  expect(state.rounds).toBe(4)
  expect(kinds()).toEqual(['syncing', 'upToDate', 'upToDate', 'upToDate', 'upToDate'])
})

test('SY-6: pauses grow while nobody answers, a command does not hasten the next try, the network coming back does', async () => {
  const { loop, state, next, settle, kinds } = setUp()
  state.error = unreachable()
  loop.wake()
  expect([await next(), await next(), await next(), await next()]).toEqual([500, 1_000, 2_000, 4_000])
  const before = state.rounds
  loop.nudge()
  await settle()
  expect(state.rounds).toBe(before)
  expect(new Set(kinds())).toEqual(new Set(['syncing', 'offline']))
  state.error = null
  loop.restart()
  await settle()
  expect(kinds().at(-1)).toBe('upToDate')
  loop.nudge()
  await settle()
  expect(state.rounds).toBe(before + 2)
})

test('SY-7: what the platform says of the network shows at once, and never keeps the loop from trying', async () => {
  const { loop, state, settle, kinds } = setUp()
  state.online = false
  loop.restart()
  expect(kinds()).toEqual(['offline'])
  await settle()
  expect(kinds()).toEqual(['offline', 'upToDate'])
})

test('SY-5: an ended session asks for the user, is tried again slowly, and at once after signing in', async () => {
  const { loop, state, phases, next, settle } = setUp()
  state.error = new SyncError('auth', 'Sign in again.')
  loop.wake()
  await settle()
  expect(phases.at(-1)).toEqual({
    kind: 'failed',
    error: { code: 'sign_in_again', message: 'Sign in again.' },
    retryAt: null,
  })
  expect(await next()).toBe(30_000)
  const { refreshed } = state
  state.error = null
  loop.signedIn()
  await settle()
  expect(phases.at(-1)?.kind).toBe('upToDate')
  expect(state.refreshed).toBe(refreshed + 1)
})

test('R-1: the company is asked for again when it has changed while it was being asked for, and when that failed', async () => {
  const { loop, state, settle, next } = setUp()
  loop.wake()
  loop.signedIn()
  await settle()
  expect(state.refreshed).toBe(2)
  state.error = unreachable()
  state.failsToRefresh = true
  loop.signedIn()
  await settle()
  state.failsToRefresh = false
  state.error = null
  await next()
  expect(state.refreshed).toBe(4)
})

test('SY-3: a broken storage stops the loop for good; a fault of the app too, and it is reported', async () => {
  for (const error of [new StorageError('storage_failed', null), new TypeError('bug')]) {
    const { loop, state, phases, bugs, next } = setUp()
    state.error = error
    loop.wake()
    expect(await next()).toBeNull()
    expect(phases.at(-1)).toMatchObject({ kind: 'failed', retryAt: null })
    expect(bugs).toEqual(error instanceof StorageError ? [] : [error])
    state.error = null
    loop.restart()
    loop.wake()
    expect(await next()).toBeNull()
    expect(state.rounds).toBe(1)
  }
})

test('R-1: a write refused for lack of rights makes the next round ask for the role', async () => {
  const { loop, state, next } = setUp()
  loop.wake()
  await next()
  expect(state.refreshed).toBe(1)
  state.forbidden = true
  await next()
  state.forbidden = false
  await next()
  expect(state.refreshed).toBe(2)
})

test('SY-6: waking during a round makes one more round, not two at a time', async () => {
  const { loop, state, settle } = setUp()
  loop.wake()
  loop.wake()
  loop.wake()
  await settle()
  await settle()
  expect(state.rounds).toBe(2)
})

test('SY-6: a round that only the clock asked for tells when it finds changes of others, others do not', async () => {
  const { loop, state, polls, next, settle } = setUp()
  polls.news = 1
  loop.wake()
  await settle()
  loop.nudge()
  await settle()
  expect(polls.found).toBe(0)
  await next()
  expect(polls.found).toBe(1)
  // With changes of one's own on the way, their echo is no news of others.
  state.waiting = true
  await next()
  expect(polls.found).toBe(1)
})

test('SY-6: when hints are lost, the slow poll under way is hastened', async () => {
  const { loop, polls, next, settle } = setUp()
  polls.ms = 30_000
  loop.wake()
  await settle()
  loop.hasten(3_000)
  expect(await next()).toBe(3_000)
})
