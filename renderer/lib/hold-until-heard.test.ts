import { expect, test } from 'vitest'
import { holdUntilHeard } from './hold-until-heard.ts'

/** A worker that says what it is told to. */
function setUp() {
  const worker = new EventTarget()
  const posted: unknown[] = []
  const port = holdUntilHeard(Object.assign(worker, { postMessage: (message: unknown) => void posted.push(message) }))
  const say = (data: unknown) => worker.dispatchEvent(new MessageEvent('message', { data }))
  return { worker, port, posted, say }
}

test('PF-6: what the worker says before anybody listens is told once, in order, and before what comes later', async () => {
  const { port, say } = setUp()
  say(1)
  say(2)
  const heard: unknown[] = []
  port.addEventListener('message', ({ data }) => heard.push(data))
  expect(heard).toEqual([])
  await Promise.resolve()
  say(3)
  expect(heard).toEqual([1, 2, 3])
})

test('PF-6: a worker that dies before anybody listens is heard of', async () => {
  const { worker, port } = setUp()
  worker.dispatchEvent(new Event('error'))
  let failures = 0
  port.addEventListener('error', () => {
    failures += 1
  })
  await Promise.resolve()
  expect(failures).toBe(1)
})

test('PF-6: what the UI says reaches the worker at once', () => {
  const { port, posted } = setUp()
  port.postMessage('init')
  expect(posted).toEqual(['init'])
})
