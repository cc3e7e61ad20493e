import { expect, test } from 'vitest'
import { perSession } from './per-session.ts'
import type { ReplicaClient } from './replica-client.ts'
import type { AppSession } from './replica-model.ts'
import { createStore } from './store.ts'

const signedIn = (id: string, companyId: string, role = 'sales'): AppSession =>
  ({ kind: 'signedIn', user: { id }, workspace: { companyId, role } }) as AppSession

test('SY-5: what goes on beside the screens is one for a session, and ends with it', () => {
  const session = createStore<AppSession>(signedIn('anna', 'nord'))
  const ended: number[] = []
  let made = 0
  const of = perSession(
    () => {
      made += 1
      return made
    },
    (one) => ended.push(one),
  )
  const model = { client: {} as ReplicaClient, session }
  expect([of(model), of(model)]).toEqual([1, 1])
  session.set(signedIn('anna', 'nord', 'manager'))
  expect([of(model), ended]).toEqual([1, []])
  session.set(signedIn('anna', 'west'))
  expect(ended).toEqual([1])
  expect(of(model)).toBe(2)
  session.set({ kind: 'signedOut' })
  expect(ended).toEqual([1, 2])
  session.set(signedIn('anna', 'west'))
  expect([of(model), ended]).toEqual([3, [1, 2]])
})
