import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type NetworkSwitch, startNetworkSwitch } from './network-switch.ts'

let server: Server
let served: number
let network: NetworkSwitch

const big = Buffer.alloc(5_000_000, 'x')

beforeEach(async () => {
  served = 0
  server = createServer((request, response) => {
    served += 1
    response.end(request.url === '/big' ? big : 'here')
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  network = await startNetworkSwitch(() => new URL(`http://127.0.0.1:${port}`))
})

afterEach(async () => {
  await network.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const get = async (path = '/', ms = 5_000) =>
  (await fetch(network.url + path, { signal: AbortSignal.timeout(ms) })).text()

test('QA-1: a switch that is up passes requests and answers, big ones too', async () => {
  expect(await get()).toBe('here')
  expect((await get('/big')).length).toBe(big.length)
  expect(network.passed().down).toBeGreaterThan(big.length)
})

test('QA-1: a cut switch lets nothing through, and works again afterwards', async () => {
  await get()
  network.set('cut')
  await expect(get()).rejects.toThrow()
  expect(served).toBe(1)
  network.set('up')
  expect(await get()).toBe('here')
})

test('QA-1: a cut breaks a transfer in the middle', async () => {
  const response = await fetch(`${network.url}/big`)
  network.set('cut')
  await expect(response.text()).rejects.toThrow()
})

test('QA-1: a paused switch answers nothing until it is up', async () => {
  await get()
  network.set('paused')
  const waiting = get()
  const first = await Promise.race([waiting, new Promise((done) => setTimeout(done, 200, 'nothing yet'))])
  expect(first).toBe('nothing yet')
  network.set('up')
  expect(await waiting).toBe('here')
})

test('QA-1: a deaf switch lets the request reach the server and loses the answer', async () => {
  network.set('deaf')
  await expect(get()).rejects.toThrow()
  expect(served).toBe(1)
})

test('QA-1: nothing behind the switch is an error, not a hang', async () => {
  await network.close()
  for (const target of [new URL('http://127.0.0.1:9'), null]) {
    network = await startNetworkSwitch(() => target)
    await expect(get()).rejects.toThrow()
    await network.close()
  }
  network = await startNetworkSwitch(() => null)
})
