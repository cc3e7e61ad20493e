import { expect, test } from 'vitest'
import type { Message } from '#shared/replica-api/messages.ts'
import { MessageServer, type RequestHandler } from './message-server.ts'

function setUp(handler: RequestHandler) {
  const posted: Message[] = []
  const platforms: string[] = []
  const bugs: unknown[] = []
  const server = new MessageServer(
    { post: (message) => posted.push(message) },
    (platform) => {
      platforms.push(platform)
      return handler
    },
    (error) => bugs.push(error),
  )
  return { server, posted, platforms, bugs }
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))

test('EL-1: a request is answered under its number, after the first message has told the platform', async () => {
  const { server, posted, platforms } = setUp(async (name, input) => ({ name, input }))
  server.receive({ type: 'init', platform: 'electron' })
  server.receive({ type: 'init', platform: 'browser' })
  server.receive({ type: 'request', id: 7, name: 'sync.now', input: null })
  await turn()
  expect(platforms).toEqual(['electron'])
  expect(posted).toEqual([{ type: 'answer', id: 7, output: { name: 'sync.now', input: null } }])
})

test('EL-1: hostile messages are dropped or answered with a crash that repeats nothing of them', async () => {
  const { server, posted, bugs } = setUp(async () => {
    throw new TypeError('secret@person.example')
  })
  server.receive({ type: 'request', id: 1, name: 'sync.now', input: null })
  await turn()
  server.receive({ type: 'init', platform: 'browser' })
  for (const hostile of [
    null,
    1,
    'x',
    {},
    { type: 'request', id: 'x' },
    { type: 'answer', id: 99, output: 1 },
    { type: 'notice', name: 'x', body: 1 },
  ]) {
    server.receive(hostile)
  }
  server.receive({ type: 'request', id: 2, name: '__proto__', input: null })
  server.receive({ type: 'request', id: 3, name: 'sync.now', input: null })
  await turn()
  expect(posted.map((message) => [message.type, 'id' in message ? message.id : null])).toEqual([
    ['crash', 1],
    ['crash', 2],
    ['crash', 3],
  ])
  expect(JSON.stringify(posted)).not.toContain('secret@person.example')
  expect(bugs).toHaveLength(3)
})

test.each(['constructor', '__proto__', 'toString'])(
  'EL-1: %s is no request, although every object has it',
  async (name) => {
    const asked: string[] = []
    const { server, posted } = setUp(async (request) => asked.push(request))
    server.receive({ type: 'init', platform: 'browser' })
    server.receive({ type: 'request', id: 1, name, input: null })
    await turn()
    expect(posted).toMatchObject([{ type: 'crash', id: 1 }])
    expect(asked).toEqual([])
  },
)

test('EL-1: the host is asked under a number of its own, and its answer is parsed', async () => {
  const { server, posted } = setUp(async () => null)
  const good = server.ask('secret.get', { key: 'session' })
  server.receive({ type: 'answer', id: 1, output: 'value' })
  expect(await good).toBe('value')
  const bad = server.ask('secret.get', { key: 'session' })
  server.receive({ type: 'answer', id: 2, output: 42 })
  await expect(bad).rejects.toThrow()
  const crashed = server.ask('secret.get', { key: 'session' })
  server.receive({ type: 'crash', id: 3, message: 'broken' })
  await expect(crashed).rejects.toThrow('broken')
  expect(posted.map((message) => message.type)).toEqual(['request', 'request', 'request'])
})
