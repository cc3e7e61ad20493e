import { expect, test } from 'vitest'
import { SYNC_STOPPED, type SyncStatus } from '#shared/replica-api/sync-status.ts'
import type { Desktop } from '../lib/desktop.ts'
import type { AppSession, ReplicaModel } from '../lib/replica-model.ts'
import { createStore } from '../lib/store.ts'
import { linkDesktop } from './link-desktop.ts'

function setUp() {
  const told: [string, unknown][] = []
  const ask = (async (channel: string, input: unknown) => {
    told.push([channel, input])
    return null
  }) as unknown as Desktop['ask']
  const session = createStore<AppSession>({ kind: 'starting' })
  const sync = createStore<SyncStatus>(SYNC_STOPPED)
  let progress: (body: object) => void = () => {}
  const client = {
    onNotice: (_name: string, listener: typeof progress) => {
      progress = listener
    },
  }
  linkDesktop({ ask }, { client, session, sync } as unknown as ReplicaModel)
  const first = told.splice(0)
  const signIn = () => session.set({ kind: 'signedIn' } as AppSession)
  const status = (changes: Partial<SyncStatus>) => sync.set({ ...sync.get(), ...changes })
  return { first, told, session, signIn, status, progress: (body: object) => progress(body) }
}

test('UI-5: main hears at each load which language the page speaks', () => {
  expect(setUp().first).toEqual([['crm:language', 'en']])
})

test('EL-2: main hears how much waits, once for each count, and nothing before somebody is signed in', () => {
  const { told, signIn, status } = setUp()
  status({ waiting: 1 })
  expect(told).toEqual([])
  signIn()
  status({ waiting: 2, elsewhere: 1 })
  status({ lastSyncAt: 'now' })
  status({ waiting: 0 })
  status({ elsewhere: 0 })
  expect(told).toEqual([3, 1, 0].map((count) => ['crm:unsent', { count }]))
})

test('EL-2: a new conflict or refusal is told, those of the start and settled ones are not', () => {
  const { told, signIn, status } = setUp()
  signIn()
  status({ attention: 2 })
  status({ attention: 1 })
  status({ attention: 2 })
  const notices = told.filter(([channel]) => channel === 'crm:notify')
  expect(notices).toMatchObject([['crm:notify', { screen: 'attention' }]])
})

test('EL-2: a finished and a stopped import are told, its progress and its rehearsal are not', () => {
  const { told, progress } = setUp()
  progress({ stage: 'rehearsal', state: 'done', rows: 9 })
  progress({ stage: 'import', state: 'running', rows: 9 })
  progress({ stage: 'import', state: 'done', rows: 9 })
  progress({ stage: 'import', state: 'failed', rows: 9 })
  expect(told).toHaveLength(2)
  expect(told[0]?.[1]).toMatchObject({ screen: 'import', body: '9 rows are done. The report is ready.' })
})

test('EL-1: signing out takes the lock off: what it protected has left', () => {
  const { told, session } = setUp()
  session.set({ kind: 'signedOut' })
  expect(told).toEqual([
    ['crm:unsent', { count: 0 }],
    ['crm:lock-forget', null],
  ])
})
