import { expect, test, vi } from 'vitest'
import { SyncError } from '../replication/sync-error.ts'
import { openCompany } from './open-company.ts'
import type { ReplicaShelf } from './replica-shelf.ts'

vi.mock('./open-workspace.ts', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

test('SY-3: where the code that opens a company can’t be had, its replica does not stay open, and a sentence says why', async () => {
  const close = vi.fn(async () => undefined)
  const shelf = {
    vault: { get: async () => null },
    openUnlessLocked: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { close }
    },
  } as unknown as ReplicaShelf
  const user = { id: 'u', email: 'olga@a.example', name: 'Olga', companyId: 'c' }
  const asked = { shelf, user, company: null, onPreview: null } as unknown as Parameters<typeof openCompany>[0]
  await expect(openCompany(asked)).rejects.toThrow(SyncError)
  expect(close).toHaveBeenCalledOnce()
})
