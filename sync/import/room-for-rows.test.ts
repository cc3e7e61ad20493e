import { expect, onTestFinished, test, vi } from 'vitest'
import { ReplicaStore } from '../replication/replica-store.ts'
import { apply, rehearse } from '../testing/import-files.ts'
import { oneCompany } from '../testing/one-company.ts'
import { MOST_CUSTOMERS, roomForCustomers, roomForRows } from './room-for-rows.ts'

test('PF-7: a file that this computer can’t hold is refused with how many rows fit', () => {
  expect(roomForRows(MOST_CUSTOMERS)).toEqual({ ok: true, value: null })
  expect(roomForRows(2_000_000)).toMatchObject({ ok: false, error: { code: 'too_many' } })
  expect(roomForCustomers(1_000_000, 100_000)).toEqual({ ok: true, value: null })
  const refused = roomForCustomers(1_000_000, MOST_CUSTOMERS - 250_000)
  expect(refused.ok ? '' : refused.error.message).toMatch(/1,000,000 rows .* and 250,000 more fit/)
  expect(roomForCustomers(1, MOST_CUSTOMERS + 5)).toMatchObject({ ok: false })
  expect(roomForCustomers(0, MOST_CUSTOMERS + 5)).toMatchObject({ ok: true })
})

test('PF-7: where no more customers fit, an import that only changes those who are there is written', async () => {
  const { user, device } = oneCompany()
  await device.signIn(user)
  await apply(device, (await rehearse(device, 'Name,Email\nAnn Lee,ann@x.de\n')).importId)
  fillStores()
  const { importId } = await rehearse(device, 'Name,Email,Phone\nAnn Lee,ann@x.de,0301234567\nBob Ray,bob@x.de,\n')
  expect(await device.ask('import.apply', { importId })).toMatchObject({ ok: false, error: { code: 'too_many' } })
  await device.ask('import.choose', { importId, kind: 'new', action: 'skip' })
  expect(await apply(device, importId)).toMatchObject({ counts: { created: 0, updated: 1, skipped: 1 } })
})

/** Every replica says that it is full. */
function fillStores() {
  const real = Object.getOwnPropertyDescriptor(ReplicaStore.prototype, 'customers')?.get
  const full = vi.spyOn(ReplicaStore.prototype, 'customers', 'get').mockImplementation(function (this: ReplicaStore) {
    return Object.defineProperty(real?.call(this), 'size', { value: MOST_CUSTOMERS, configurable: true })
  })
  onTestFinished(() => full.mockRestore())
}
