import type { Role } from '#shared/domain/role.ts'
import { emptyCustomer } from '#shared/domain/testing/empty-customer.ts'
import type { ListQuery } from '#shared/replica-api/list.ts'
import { FakeServer } from './fake-server.ts'
import type { FlakyNetwork } from './flaky-network.ts'
import { fieldsOf } from './rows.ts'
import { fakeBackend, type TestDevice } from './test-device.ts'
import { watchedDevice } from './watched-device.ts'

const ALL: ListQuery = { search: '', filter: {}, sort: { by: 'name', direction: 'asc' } }

/** The id of a customer that the server has from the beginning. */
export const customerId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A server with so many customers, somebody who may sign in there, and their laptop. */
export function oneCompany({ role = 'owner', rows = 0 }: { readonly role?: Role; readonly rows?: number } = {}) {
  const server = new FakeServer()
  const user = server.addUser(role, 'olga')
  const customer = (n: number) => ({ ...emptyCustomer(customerId(n), server.companyId), name: `Customer ${n}` })
  if (rows > 0)
    server.restore(
      Array.from({ length: rows }, (_, n) => customer(n)),
      'epoch-1',
    )
  return { server, user, device: watchedDevice({ createBackend: fakeBackend(server) }) }
}

/** Makes a customer on a laptop, and resolves to its id. */
export async function createCustomer(device: TestDevice, name: string): Promise<string> {
  const made = await device.ask('customers.create', { fields: fieldsOf(name) })
  if (!made.ok) throw new Error(made.error.message)
  return made.value.id
}

/** How many customers a laptop shows. */
export async function countCustomers(device: TestDevice): Promise<number> {
  return (await device.ask('customers.window', { query: ALL, offset: 0, limit: 1 })).all
}

/** The network of a laptop that was started. */
export function networkOf({ network }: TestDevice): FlakyNetwork {
  if (network === null) throw new Error('Not started')
  return network
}
