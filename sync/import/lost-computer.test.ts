import { expect, test } from 'vitest'
import type { Role } from '#shared/domain/role.ts'
import { ended, importEverybody, rehearse, reportOf } from '../testing/import-files.ts'
import { countCustomers, oneCompany } from '../testing/one-company.ts'
import { fakeBackend } from '../testing/test-device.ts'
import { watchedDevice } from '../testing/watched-device.ts'

/** A sales rep whose laptop stands still in the middle of an import, and colleagues of theirs. */
async function halfWay() {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const rows = Array.from({ length: 1_500 }, (_, n) => `Number${n} ${n * 7},p${n}@example.com\n`)
  const { importId } = await rehearse(device, `Name,Email\n${rows.join('')}`)
  await device.ask('import.apply', { importId })
  await device.ask('import.pause', { importId })
  expect(await ended(device, importId)).toMatchObject({ state: 'paused' })
  await device.synced()
  const colleague = async (role: Role) => {
    const other = watchedDevice({ createBackend: fakeBackend(server) })
    await other.signIn(server.addUser(role, `other-${role}`))
    await other.synced()
    return other
  }
  return { server, device, importId, colleague }
}

test('IO-4: an import whose computer is lost is closed with what has come in, and can then be undone', async () => {
  const { device, importId, colleague } = await halfWay()
  const manager = await colleague('manager')
  expect(await manager.ask('import.history', null)).toMatchObject([{ importId, hasEnded: false, isHere: false }])
  const written = await countCustomers(manager)
  expect(written).toBe(1_000)
  expect(await manager.ask('import.markEnded', { importId })).toEqual({
    ok: true,
    value: { created: written, updated: 0 },
  })
  expect(await manager.ask('import.history', null)).toMatchObject([{ hasEnded: true, created: written, rows: 1_500 }])
  await manager.synced()
  await device.synced()
  expect(await device.ask('import.history', null)).toMatchObject([{ hasEnded: true, created: written }])
  expect(await manager.ask('import.undo', { importId })).toMatchObject({ ok: true, value: { removed: written } })
  await manager.synced()
  await device.synced()
  expect(await countCustomers(device)).toBe(0)
})

test('IO-4: a computer that was not lost goes on with an import that was closed elsewhere, and its counts hold', async () => {
  const { device, importId, colleague } = await halfWay()
  const owner = await colleague('owner')
  await owner.ask('import.markEnded', { importId })
  await owner.synced()
  await device.synced()
  await device.ask('import.resume', { importId })
  await expect.poll(() => reportOf(device, importId)).toMatchObject({ state: 'done', counts: { created: 1_500 } })
  await device.synced()
  await owner.synced()
  expect(await owner.ask('import.history', null)).toMatchObject([{ hasEnded: true, created: 1_500 }])
})

test('R-1 IO-4: nobody closes the import of a colleague whom they may not undo, nor one that can go on here', async () => {
  const { device, importId, colleague } = await halfWay()
  const sales = await colleague('sales')
  expect(await sales.ask('import.markEnded', { importId })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await device.ask('import.markEnded', { importId })).toMatchObject({ ok: false, error: { code: 'running' } })
  expect(await sales.ask('import.history', null)).toMatchObject([{ hasEnded: false }])
})

test('IO-4: an import that was stopped before its first customer has ended for everybody', async () => {
  const { server, user, device } = oneCompany({ role: 'sales' })
  await device.signIn(user)
  const { importId } = await importEverybody(device, 'Name,Email\nx,nonsense@@\n')
  await device.synced()
  expect(server.records.of('importBatches')).toMatchObject([{ id: importId, endedAt: expect.any(String) }])
})
