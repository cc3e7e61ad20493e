import { expect, test } from 'vitest'
import type { BackendConfig } from '#shared/domain/backend-config.ts'
import type { SessionState } from '#shared/replica-api/session-state.ts'
import { openApp } from './open-app.ts'
import type { AppSession, ReplicaModel } from './replica-model.ts'
import { createStore } from './store.ts'

const CONFIG: BackendConfig = { supabaseUrl: 'https://crm.example', publishableKey: 'public' }
const SIGNED_OUT: SessionState = { kind: 'signedOut' }
const LOCKED: SessionState = {
  kind: 'locked',
  user: { id: 'u', email: 'e', name: 'n' },
  company: { id: 'c', name: 'c' },
  unsent: 0,
  error: { code: 'storage_locked', message: 'No.' },
}
const UNAVAILABLE: SessionState = { kind: 'unavailable', error: { code: 'storage_failed', message: 'No.' } }
const ELSEWHERE: SessionState = { kind: 'unavailable', error: { code: 'open_elsewhere', message: 'No.' } }

/** A worker that answers `app.open` with these states, one after the other. */
function setUp(...answers: (SessionState | Error)[]) {
  const asked: unknown[] = []
  const session = createStore<AppSession>({ kind: 'starting' })
  const request = async (_name: string, input: unknown) => {
    asked.push(input)
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer
    return answer
  }
  const model = { session, client: { request } as unknown as ReplicaModel['client'] }
  return { model, session, asked }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('SY-1: a network that hangs delays nothing of what is stored; the address is handed in when it is known', async () => {
  const { model, session, asked } = setUp(LOCKED, UNAVAILABLE)
  const network = Promise.withResolvers<BackendConfig | null>()
  const opening = openApp(model, () => network.promise)
  await settled()
  expect(session.get()).toEqual(LOCKED)
  expect(asked).toEqual([{ config: null }])
  network.resolve(CONFIG)
  await opening
  expect(asked).toEqual([{ config: null }, { config: CONFIG }])
  expect(session.get()).toEqual(UNAVAILABLE)
})

test('SY-1: whoever has to sign in is asked when the address is known, or can’t be had', async () => {
  const { model, session, asked } = setUp(SIGNED_OUT)
  const network = Promise.withResolvers<BackendConfig | null>()
  const opening = openApp(model, () => network.promise)
  await settled()
  expect(session.get()).toEqual({ kind: 'starting' })
  network.resolve(null)
  await opening
  expect(session.get()).toEqual(SIGNED_OUT)
  expect(asked).toHaveLength(1)
})

test('EL-3: an app that is open in another window is asked for until that is closed', async () => {
  const { model, session, asked } = setUp(ELSEWHERE, ELSEWHERE, ELSEWHERE, LOCKED)
  await openApp(model, async () => CONFIG)
  expect(session.get()).toEqual(LOCKED)
  expect(asked).toHaveLength(4)
})

test('SY-1: a worker that does not answer has crashed', async () => {
  const { model, session } = setUp(new Error('It died'))
  await openApp(model, async () => CONFIG)
  expect(session.get()).toEqual({ kind: 'crashed' })
})
