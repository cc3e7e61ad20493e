import type { Role } from '#shared/domain/role.ts'
import type { TestBackend } from './backend.ts'

/** A customer that a spec needs, as columns of the table. */
interface NewCustomer {
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly address?: string
  readonly notes?: string
}

/** Puts customers, or names of such, into the company of a user, owned by them; they come to its laptops by sync. Resolves to their ids. */
export async function putCustomers(
  backend: TestBackend,
  customers: readonly (NewCustomer | string)[],
  role: Role = 'owner',
): Promise<string[]> {
  const sql = backend.sql()
  const { email } = backend.user(role)
  const ids: string[] = []
  for (const customer of customers) {
    const { name, ...fields } = typeof customer === 'string' ? { name: customer } : customer
    const { email: mail = null, phone = null, address = null, notes = null } = fields
    const [row] = await sql<{ id: string }[]>`
      insert into public.customers (company_id, customer_name, customer_email, customer_phone, customer_address,
                                    customer_notes, owner_id)
      select m.company_id, ${name}, ${mail}, ${phone}, ${address}, ${notes}, m.user_id
        from public.company_members m join auth.users u on u.id = m.user_id
       where u.email = ${email}
      returning id`
    if (row === undefined) throw new Error(`${email} is a member of no company`)
    ids.push(row.id)
  }
  return ids
}
