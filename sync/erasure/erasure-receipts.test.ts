import { expect, test, vi } from 'vitest'
import type { ReplicaStore } from '../replication/replica-store.ts'
import type { Transport } from '../replication/transport.ts'
import { ErasureReceipts } from './erasure-receipts.ts'

test('SY-5: a sign-in during the registration of the one before is registered as well, and no third time', async () => {
  const first = Promise.withResolvers<string>()
  const registerDevice = vi.fn<Transport['registerDevice']>()
  registerDevice.mockReturnValueOnce(first.promise).mockResolvedValue('2026-01-01T00:00:00Z')
  const receipts = new ErasureReceipts({
    store: { state: () => undefined, write: async () => undefined } as unknown as ReplicaStore,
    transport: { registerDevice } as unknown as Transport,
    companyId: 'c0000000-0000-4000-8000-000000000001',
    device: { id: 'd0000000-0000-4000-8000-000000000001', name: 'Laptop' },
    onErased: () => undefined,
  })
  const registering = receipts.register()
  receipts.signedIn()
  first.resolve('2026-01-01T00:00:00Z')
  await registering
  await receipts.register()
  await receipts.register()
  expect(registerDevice).toHaveBeenCalledTimes(2)
})
