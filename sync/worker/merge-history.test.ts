import { expect, test } from 'vitest'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

test('SE-4: the history tells who was merged into a customer, while it waits, when it is done, and when it was taken back', async () => {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  const ids: string[] = []
  for (const name of ['Ada', 'Bea', 'Cyd']) {
    const made = await device.ask('customers.create', { fields: fieldsOf(name) })
    if (made.ok) ids.push(made.value.id)
  }
  const [targetId = '', ...sourceIds] = ids
  const told = async () => {
    const { merges } = await device.ask('customers.history', { id: targetId })
    return merges.rows.map(({ id, names, byName, state }) => ({ id, names, byName, state }))
  }
  await device.synced()
  expect(await told()).toEqual([])

  device.setOffline(true)
  const merged = await device.ask('records.change', { kind: 'merge.make', targetId, sourceIds, choices: {} })
  const mergeId = merged.ok ? merged.value.id : ''
  const entry = { id: mergeId, names: ['Bea', 'Cyd'], byName: 'Ann' }
  expect(await told()).toEqual([{ ...entry, state: 'waiting' }])
  device.setOffline(false)
  await device.synced()
  expect(await told()).toEqual([{ ...entry, state: 'done' }])

  device.setOffline(true)
  await device.ask('customers.update', { id: targetId, changes: { phone: '1' } })
  expect(await device.ask('records.change', { kind: 'merge.undo', mergeId })).toMatchObject({ ok: true })
  expect(await told()).toEqual([{ ...entry, state: 'undone' }])
  device.setOffline(false)
  await device.synced()
  expect(await told()).toEqual([{ ...entry, state: 'undone' }])
})
