import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { storedText } from '#database/local/testing/stored-text.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { FakeServer } from '../testing/fake-server.ts'
import { fakeBackend, type TestDevice } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'
import { PREVIEW_NAME } from './list-preview.ts'
import { QUIET_MS } from './preview-keeper.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

/** The clock of a laptop on which all goes fast, but the preview is saved when a test says so. */
function clockOf() {
  let save: (() => void) | null = null
  const after = (ms: number, run: () => void) => {
    if (ms !== QUIET_MS) {
      const timer = setTimeout(run, ms / 20)
      return () => clearTimeout(timer)
    }
    save = run
    return () => {
      if (save === run) save = null
    }
  }
  return { timing: { now: Date.now, random: () => 0, after }, quietIsOver: () => save?.() }
}

/** A device that has synced 500 customers, has shown its list and has been quiet since. */
async function usedDevice(shown: ListQuery = ALL): Promise<TestDevice> {
  const server = new FakeServer()
  const owner = server.addUser('owner', 'olga')
  const rows = Array.from({ length: 500 }, (_, n) => ({
    ...emptyCustomer(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, server.companyId),
    name: `Customer ${String(n).padStart(3, '0')}`,
  }))
  server.restore(rows, 'epoch-1')
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange }
  const { timing, quietIsOver } = clockOf()
  const device = watchedDevice({ createBackend: fakeBackend(server), disk, platform: { timing } })
  await device.signIn(owner)
  await device.synced()
  device.setOffline(true)
  await device.ask('customers.window', { query: shown, offset: 0, limit: 100 })
  quietIsOver()
  await expect.poll(() => storedText(disk)).toContain(`derived:${PREVIEW_NAME}`)
  return device
}

const window = (device: TestDevice, query: ListQuery, offset = 0, limit = 100) =>
  device.ask('customers.window', { query, offset, limit })
/** The version of rows that come from the preview. */
const PREVIEW = 0

test('PF-6: the next start shows the list before the replica is open, and everything when it is', async () => {
  const device = await usedDevice()
  const state = await device.restart()
  expect(state).toMatchObject({ kind: 'signedIn', user: { email: 'olga@a.example' } })
  const first = await window(device, ALL)
  expect(first).toMatchObject({ version: PREVIEW, total: 500, all: 500 })
  expect(first.rows.map(({ name }) => name)).toEqual(
    Array.from({ length: 100 }, (_, n) => `Customer ${String(n).padStart(3, '0')}`),
  )
  // Whatever it does not know is answered by the open replica.
  const last = await window(device, ALL, 420)
  expect(last.version).not.toBe(PREVIEW)
  expect(last.rows.at(-1)?.name).toBe('Customer 499')
  expect(device.notices.map(({ name }) => name)).toContain('customers.changed')
  const again = await window(device, ALL)
  expect(again.version).not.toBe(PREVIEW)
  expect(again.rows).toEqual(first.rows)
})

test('PF-6: other requests wait for the replica to be open', async () => {
  const device = await usedDevice()
  await device.restart()
  const id = '00000000-0000-4000-8000-000000000007'
  const changed = await device.ask('customers.update', { id, changes: { name: 'Anna Edited' } })
  expect(changed.ok).toBe(true)
  expect((await window(device, ALL)).rows[0]?.name).toBe('Anna Edited')
})

test('PF-6: after a change that came too late for it, there is no preview', async () => {
  const device = await usedDevice()
  const id = '00000000-0000-4000-8000-000000000007'
  await device.ask('customers.update', { id, changes: { name: 'Anna Edited' } })
  await device.restart()
  const first = await window(device, ALL)
  expect(first.version).not.toBe(PREVIEW)
  expect(first.rows[0]?.name).toBe('Anna Edited')
})

test('PF-6: a merge that waits shows at the next start, too, although it writes no customer', async () => {
  const device = await usedDevice()
  const [targetId, sourceId] = ['00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-000000000008']
  await device.ask('records.change', { kind: 'merge.make', targetId, sourceIds: [sourceId], choices: {} })
  await device.restart()
  const first = await window(device, ALL)
  expect(first.rows.map(({ id }) => id)).not.toContain(sourceId)
})

test('PF-6: another list than the one that was shown last is not previewed', async () => {
  const device = await usedDevice({ ...ALL, sort: { by: 'created', direction: 'desc' } })
  await device.restart()
  expect((await window(device, ALL)).version).not.toBe(PREVIEW)
})

test('R-2: whoever signs in next on this machine sees nothing of the list before', async () => {
  const device = await usedDevice()
  await device.restart()
  await device.ask('session.signOut', { discardUnsent: true })
  expect(await device.restart()).toEqual({ kind: 'signedOut' })
  expect((await window(device, ALL)).rows).toEqual([])
})
