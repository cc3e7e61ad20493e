import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ReplicaHost } from '../worker/replica-host.ts'
import { FakeCompanies } from './fake-companies.ts'
import { fakeBackend } from './test-device.ts'
import { watchedDevice } from './watched-device.ts'

/** The customer of Acme, and the one of Beta. */
export const ADA = '00000000-0000-4000-8000-000000000001'
export const BOB = '00000000-0000-4000-8000-000000000002'

/**
 * Two companies with a customer each, Olga who belongs to both, Solo who belongs to Acme, and a laptop
 * that is stopped after the test and must not have met a bug.
 */
export function twoCompanies(platform: Partial<ReplicaHost> = {}) {
  const companies = new FakeCompanies()
  const { acme, beta } = companies
  const olga = companies.addUser('olga', [acme, beta])
  const solo = companies.addUser('solo', [acme])
  acme.restore([{ ...emptyCustomer(ADA, acme.companyId), name: 'Ada of Acme', phone: '1', tags: ['a'] }], 'epoch-1')
  beta.restore([{ ...emptyCustomer(BOB, beta.companyId), name: 'Bob of Beta' }], 'epoch-1')
  const disk = { indexedDB: new IDBFactory(), IDBKeyRange }
  const device = watchedDevice({ createBackend: fakeBackend(companies), disk, platform })
  return { companies, acme, beta, olga, solo, device, disk }
}

/** The databases on a disk that hold a replica. */
export async function replicaDatabases({ indexedDB }: { readonly indexedDB: IDBFactory }): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name = '' }) => name).filter((name) => name.includes('replica-'))
}
