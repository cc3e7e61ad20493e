import { expect, test, vi } from 'vitest'
import { ok } from '#shared/util/result.ts'
import type { HostSecrets } from './host-secrets.ts'
import { createReplicaClient, type ReplicaPort } from './replica-client.ts'

const SIGNED_OUT = { kind: 'signedOut' }

/** A worker whose messages the test writes by hand. */
function setUp(secrets: HostSecrets | null = null) {
  const sent: unknown[] = []
  const onMessage = new Set<(event: { readonly data: unknown }) => void>()
  const onError = new Set<() => void>()
  const port: ReplicaPort = {
    postMessage: (message) => sent.push(message),
    addEventListener: (type: string, listener: (event: { readonly data: unknown }) => void) => {
      if (type === 'message') onMessage.add(listener)
      else onError.add(() => listener({ data: null }))
    },
  }
  return {
    client: createReplicaClient(port, secrets),
    sent,
    receive: (data: unknown) => {
      for (const listener of onMessage) listener({ data })
    },
    die: () => {
      for (const listener of onError) listener()
    },
  }
}

test('EL-3: answers find their question, in any order', async () => {
  const { client, receive, sent } = setUp()
  const first = client.request('app.open', { config: null })
  const second = client.request('customers.get', { id: '0a111111-0000-4000-8000-000000000003' })
  expect(sent).toMatchObject([
    { type: 'request', id: 1, name: 'app.open' },
    { id: 2, name: 'customers.get' },
  ])
  receive({ type: 'answer', id: 2, output: null })
  receive({ type: 'answer', id: 1, output: SIGNED_OUT })
  expect(await first).toEqual(SIGNED_OUT)
  expect(await second).toBeNull()
})

test('EL-3: an answer of another shape is a failure, not a value', async () => {
  const { client, receive } = setUp()
  const asked = client.request('app.open', { config: null })
  receive({ type: 'answer', id: 1, output: { kind: 'wonderful' } })
  await expect(asked).rejects.toThrow()
})

test('EL-3: what is no message at all, or answers nothing, is ignored', async () => {
  const { client, receive } = setUp()
  const asked = client.request('app.open', { config: null })
  receive('hello')
  receive({ type: 'answer', id: 99, output: null })
  receive({ type: 'answer', id: 1, output: SIGNED_OUT })
  expect(await asked).toEqual(SIGNED_OUT)
})

test('UI-6: a crash of one request, and the death of the worker, reject what waits', async () => {
  const { client, receive, die } = setUp()
  const onFailure = vi.fn()
  client.onFailure(onFailure)
  const crashed = client.request('sync.status', null)
  const orphaned = client.request('sync.status', null)
  receive({ type: 'crash', id: 1, message: 'boom' })
  await expect(crashed).rejects.toThrow('boom')
  die()
  await expect(orphaned).rejects.toThrow('stopped')
  expect(onFailure).toHaveBeenCalledTimes(1)
})

test('SY-7: notices reach their listeners parsed; unknown or malformed ones reach nobody', () => {
  const { client, receive } = setUp()
  const listener = vi.fn()
  const off = client.onNotice('customers.changed', listener)
  receive({ type: 'notice', name: 'customers.changed', body: { ids: null } })
  receive({ type: 'notice', name: 'customers.changed', body: { ids: 'all' } })
  receive({ type: 'notice', name: 'toString', body: {} })
  off()
  receive({ type: 'notice', name: 'customers.changed', body: { ids: null } })
  expect(listener.mock.calls).toEqual([[{ ids: null }]])
})

test('EL-1: the worker gets secrets from the host, and only by the agreed requests', async () => {
  const set = vi.fn(async () => ok(null))
  const { receive, sent } = setUp({ get: async (key) => `value of ${key}`, set, remove: async () => undefined })
  receive({ type: 'request', id: 7, name: 'secret.get', input: { key: 'session' } })
  receive({ type: 'request', id: 8, name: 'secret.set', input: { key: 'session', value: 'v' } })
  receive({ type: 'request', id: 9, name: 'secret.set', input: { key: 'session' } })
  receive({ type: 'request', id: 10, name: 'constructor', input: {} })
  await expect.poll(() => sent).toHaveLength(4)
  expect(sent).toContainEqual({ type: 'answer', id: 7, output: 'value of session' })
  expect(sent).toContainEqual({ type: 'answer', id: 8, output: { ok: true, value: null } })
  expect(sent).toContainEqual(expect.objectContaining({ type: 'crash', id: 9 }))
  expect(sent).toContainEqual(expect.objectContaining({ type: 'crash', id: 10 }))
  expect(set).toHaveBeenCalledTimes(1)
})

test('EL-3: a browser has no host secrets to give', async () => {
  const { receive, sent } = setUp(null)
  receive({ type: 'request', id: 1, name: 'secret.get', input: { key: 'session' } })
  await expect.poll(() => sent).toEqual([expect.objectContaining({ type: 'crash', id: 1 })])
})
