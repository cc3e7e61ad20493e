import { afterEach, expect, test } from 'vitest'
import { failWrites, type StorageFault } from '#database/local/testing/storage-faults.ts'
import { countCustomers, networkOf, oneCompany } from '../testing/one-company.ts'
import { fieldsOf } from '../testing/rows.ts'

let fault: StorageFault | null = null
afterEach(() => {
  fault?.restore()
  fault = null
})

test('SY-3: a write that fails in the middle of a page stops the pull before its checkpoint, and no row is missing afterwards', {
  timeout: 20_000,
}, async () => {
  const { server, user, device } = oneCompany({ rows: 1_100 })
  let writes = 0
  fault = failWrites((value) => {
    if (typeof value.id !== 'string' || !value.id.startsWith('00000000-')) return false
    writes += 1
    return writes === 1_050
  })
  await device.signIn(user)
  const stuck = await device.until((status) => status.phase.kind === 'failed')
  expect(stuck.phase).toMatchObject({
    error: { code: 'storage_full', message: expect.stringContaining('Free some space') },
    retryAt: null,
  })
  expect(fault.failed()).toBe(1)
  // Nothing goes on although the disk works again: memory and disk may differ until it is read anew.
  await device.ask('sync.now', null)
  expect((await device.ask('customers.create', { fields: fieldsOf('Too late') })).ok).toBe(false)
  expect((await device.ask('sync.status', null)).phase.kind).toBe('failed')
  await device.restart()
  await device.synced()
  expect(await countCustomers(device)).toBe(server.rows.size)
  await device.restart()
  expect(await countCustomers(device)).toBe(1_100)
})

test('SY-2: a command that could not be stored says so and shows nothing', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  fault = failWrites((value) => typeof value.id === 'string')
  const answer = await device.ask('customers.create', { fields: fieldsOf('Unlucky') })
  expect(answer).toMatchObject({ ok: false, error: { code: 'storage_full' } })
  expect(await countCustomers(device)).toBe(0)
  fault.restore()
  await device.restart()
  expect(await countCustomers(device)).toBe(0)
})

test('SY-2: a crash between the server applying a push and its verdict being stored repeats it harmlessly', async () => {
  const { server, user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Twice sent') })
  if (!created.ok) throw new Error(created.error.message)
  const network = networkOf(device)
  network.beforePush = () => {
    fault = failWrites((value) => value.id === created.value.id)
  }
  device.setOffline(false)
  await device.until((status) => status.phase.kind === 'failed')
  const [sent] = network.pushes
  fault?.restore()
  await device.restart()
  await device.synced()
  expect(networkOf(device).pushes[0]).toEqual(sent)
  expect(server.rows.size).toBe(1)
  expect([...server.applied.values()]).toEqual([1])
})

test('SY-2: the mark that a mutation is under way is stored before the request leaves', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const created = await device.ask('customers.create', { fields: fieldsOf('Marked') })
  if (!created.ok) throw new Error(created.error.message)
  fault = failWrites((value) => value.id === created.value.id)
  device.setOffline(false)
  await device.until((status) => status.phase.kind === 'failed')
  expect(networkOf(device).pushes).toEqual([])
})

test('SY-2: what a push has brought is not written again by the pull behind it', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  await device.synced()
  let writes = 0
  fault = failWrites((value) => {
    if (typeof value.id === 'string' && value.id.includes('-')) writes += 1
    return false
  })
  await device.ask('customers.create', { fields: fieldsOf('Thrice') })
  await device.synced()
  // The creation, the mark that it is under way, the verdict.
  expect(writes).toBe(3)
})
