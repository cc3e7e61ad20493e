import { expect, test } from 'vitest'
import { createCustomer, networkOf, oneCompany } from '../testing/one-company.ts'
import { putQuote } from '../testing/rows.ts'

test('SY-2: a wish for a quote of a customer made offline waits for the customer, and is sent once although answers get lost', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const customerId = await createCustomer(device, 'Ada')
  const wish = { kind: 'quote.request' as const, customerId, quoteId: null, note: 'Soon' }
  expect(await device.ask('records.change', wish)).toMatchObject({ ok: true })
  expect((await device.ask('sync.status', null)).waiting).toBe(2)
  expect((await device.ask('customers.history', { id: customerId })).quoteRequests.rows).toMatchObject([
    { note: 'Soon', status: 'open', requestedByUserName: 'olga' },
  ])
  await device.restart()
  if (device.network !== null) device.network.loseAnswers = 3
  device.setOffline(false)
  await device.synced(10_000)
  expect(server.records.of('quoteRequests')).toMatchObject([{ note: 'Soon', customerId }])
  expect([...server.records.applied.values()]).toEqual([1])
})

test('R-3 SY-3: a refused change keeps its reason, delays no other, and can be sent again or discarded', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const customerId = await createCustomer(device, 'Ada')
  await device.synced()
  device.setOffline(true)
  const wish = { kind: 'quote.request' as const, customerId, quoteId: null, note: null }
  await device.ask('records.change', wish)
  await device.ask('records.change', {
    kind: 'filter.save',
    id: null,
    fields: { name: 'Mine', filter: {}, shared: false },
  })
  user.role = 'analyst'
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('savedFilters')).toMatchObject([{ name: 'Mine' }])
  const [refused] = await device.ask('attention.records', null)
  expect(refused).toMatchObject({ collection: 'quoteRequests', op: 'create', name: 'Ada', code: 'forbidden' })
  expect((await device.ask('sync.status', null)).attention).toBe(1)
  expect((await device.ask('session.signOut', { discardUnsent: false })).ok).toBe(false)

  user.role = 'manager'
  await device.ask('attention.resendRecord', { key: refused?.key ?? '' })
  await device.synced()
  expect(server.records.of('quoteRequests')).toHaveLength(1)
  expect(await device.ask('attention.records', null)).toEqual([])

  user.role = 'analyst'
  device.setOffline(true)
  await device.ask('records.change', { ...wish, note: 'Another' })
  device.setOffline(false)
  await device.synced()
  const [again] = await device.ask('attention.records', null)
  await device.ask('attention.discardRecord', { key: again?.key ?? '' })
  expect((await device.ask('sync.status', null)).attention).toBe(0)
  expect((await device.ask('customers.history', { id: customerId })).quoteRequests.total).toBe(1)
})

test('SY-4: a filter that another device changed meanwhile is not overwritten unasked', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const save = (filterId: string | null, name: string) =>
    device.ask('records.change', { kind: 'filter.save', id: filterId, fields: { name, filter: {}, shared: false } })
  const made = await save(null, 'One')
  await device.synced()
  if (!made.ok) throw new Error(made.error.message)
  const [row] = server.records.of('savedFilters')
  if (row === undefined || !('filter' in row)) throw new Error('not sent')
  device.setOffline(true)
  await save(made.value.id, 'Mine')
  expect(await device.ask('filters.list', null)).toMatchObject([{ name: 'Mine' }])
  server.records.put('savedFilters', { ...row, name: 'Theirs' })
  device.setOffline(false)
  await device.until((status) => status.attention === 1)
  expect(await device.ask('filters.list', null)).toMatchObject([{ name: 'Theirs' }])
  const [refused] = await device.ask('attention.records', null)
  expect(refused?.code).toBe('conflict')
  await device.ask('attention.resendRecord', { key: refused?.key ?? '' })
  await device.synced()
  expect(server.records.of('savedFilters')).toMatchObject([{ name: 'Mine' }])
})

test('SY-2: changes of a filter flow together until they are sent; what was made and deleted offline never leaves', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const save = (filterId: string | null, name: string) =>
    device.ask('records.change', { kind: 'filter.save', id: filterId, fields: { name, filter: {}, shared: false } })
  const [kept, dropped] = [await save(null, 'One'), await save(null, 'Two')]
  if (!kept.ok || !dropped.ok) throw new Error('not saved')
  await save(kept.value.id, 'One and a half')
  await device.ask('records.change', { kind: 'filter.delete', id: dropped.value.id })
  expect((await device.ask('sync.status', null)).waiting).toBe(1)
  device.setOffline(false)
  await device.synced()
  expect(server.records.of('savedFilters')).toMatchObject([{ name: 'One and a half' }])
  await device.ask('records.change', { kind: 'filter.delete', id: kept.value.id })
  await device.synced()
  expect(server.records.of('savedFilters')).toMatchObject([{ gone: true }])
  expect(await device.ask('filters.list', null)).toEqual([])
})

test('SY-2: what was sent never changes: an edit while the answer is lost is a change of its own', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  await device.synced()
  const save = (filterId: string | null, name: string) =>
    device.ask('records.change', { kind: 'filter.save', id: filterId, fields: { name, filter: {}, shared: false } })
  if (device.network !== null) device.network.loseAnswers = 1
  const made = await save(null, 'One')
  await device.until((status) => status.phase.kind === 'offline')
  expect(server.records.of('savedFilters')).toHaveLength(1)
  if (!made.ok) throw new Error(made.error.message)
  await save(made.value.id, 'Two')
  await device.restart()
  await device.synced(10_000)
  expect(server.records.of('savedFilters')).toMatchObject([{ name: 'Two' }])
  expect([...server.records.applied.values()]).toEqual([1, 1])
})

test('SY-3: a verdict that came late, about a change that was settled before, changes nothing', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  await device.synced()
  const { network } = device
  if (network === null) throw new Error('not started')
  network.changeRecords = (answer) => ({
    ...answer,
    verdicts: answer.verdicts.map((verdict) => ({ ...verdict, mutationId: crypto.randomUUID() })),
  })
  const fields = { name: 'One', filter: {}, shared: false }
  await device.ask('records.change', { kind: 'filter.save', id: null, fields })
  const { phase } = await device.until((status) => status.phase.kind === 'failed')
  expect(phase).toMatchObject({ error: { code: 'version_mismatch' } })
  network.changeRecords = (answer) => answer
  await device.synced(10_000)
  expect([...server.records.applied.values()]).toEqual([1])
})

test('SY-3: a change that the server fails at delays neither other kinds nor the pull', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  const customerId = await createCustomer(device, 'Ada')
  await device.synced()
  server.records.breaksAt = (mutation) =>
    'changes' in mutation && 'note' in mutation.changes && mutation.changes.note === 'bad'
  device.setOffline(true)
  const wish = (note: string) =>
    device.ask('records.change', { kind: 'quote.request', customerId, quoteId: null, note })
  for (const note of ['good', 'bad', 'good too']) await wish(note)
  await device.ask('records.change', { kind: 'interaction.note', customerId, type: 'call' })
  putQuote(server, 1, customerId, 1)
  device.setOffline(false)
  await device.until((status) => status.phase.kind === 'failed')
  const notes = server.records.of('quoteRequests').map((row) => ('note' in row ? row.note : null))
  expect(notes.sort()).toEqual(['good', 'good too'])
  expect(server.records.of('interactions')).toHaveLength(1)
  expect((await device.ask('customers.history', { id: customerId })).quotes.total).toBe(1)
  server.records.breaksAt = () => false
  await device.synced(10_000)
  expect(server.records.of('quoteRequests')).toHaveLength(3)
})

test('SY-3: a wish for a customer whose creation was refused is held back until that is put right', async () => {
  const { server, user, device } = oneCompany({ role: 'manager' })
  await device.signIn(user)
  await device.synced()
  device.setOffline(true)
  const customerId = await createCustomer(device, 'poison')
  await device.ask('records.change', { kind: 'quote.request', customerId, quoteId: null, note: null })
  device.setOffline(false)
  await device.until((status) => status.attention === 1)
  // Two more rounds, in which it could go out.
  const { pulls } = networkOf(device)
  await device.ask('sync.now', null)
  await device.until(() => networkOf(device).pulls > pulls + 1)
  expect(server.records.of('quoteRequests')).toEqual([])
  expect((await device.ask('sync.status', null)).waiting).toBe(1)
  await device.ask('attention.resend', { customerId, changes: { name: 'Antidote' } })
  await device.synced()
  expect(server.records.of('quoteRequests')).toMatchObject([{ customerId }])
})
