import { expect, test } from 'vitest'
import { FakeServer } from '../testing/fake-server.ts'
import { fieldsOf } from '../testing/rows.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

const ANNA = { email: 'anna.vogel@example.org', phone: '+49 30 5550177', address: '5 Lindenallee, 10115 Berlin' }

test('SE-2: a list of duplicates only shows who the scan has found, is told of it, and follows an edit', async () => {
  const server = new FakeServer()
  const device = watchedDevice({ createBackend: fakeBackend(server) })
  await device.signIn(server.addUser('owner', 'Ann'))
  const ids: string[] = []
  const people = [
    { ...fieldsOf('Anna Vogel'), ...ANNA },
    { ...fieldsOf('Anna Vogl'), ...ANNA },
    fieldsOf('Rosa Borg'),
    fieldsOf('Hugo Pell'),
  ]
  for (const fields of people) {
    const made = await device.ask('customers.create', { fields })
    if (made.ok) ids.push(made.value.id)
  }
  await device.synced()
  const query = { search: '', filter: { duplicates: true as const }, sort: { by: 'name', direction: 'asc' } as const }
  const shown = async () => {
    const { rows } = await device.ask('customers.window', { query, offset: 0, limit: 10 })
    return rows.map(({ id }) => id)
  }
  const toldSoFar = device.notices.length
  await device.ask('duplicates.scan', null)
  await expect.poll(shown, { interval: 40 }).toEqual(ids.slice(0, 2))
  expect(device.notices.slice(toldSoFar).some(({ name }) => name === 'customers.changed')).toBe(true)
  expect((await device.ask('customers.facets', { query })).duplicates).toBe(2)
  const everybody = await device.ask('customers.window', { query: { ...query, filter: {} }, offset: 0, limit: 10 })
  expect(everybody.rows.map(({ duplicate }) => duplicate)).toEqual([true, true, false, false])

  const [, second = ''] = ids
  const changes = { name: 'Bruno Kästner', email: 'bruno@example.net', phone: '+61 412 000 111', address: null }
  await device.ask('customers.update', { id: second, changes, base: {} })
  await expect.poll(shown, { interval: 40 }).toEqual([])
})
