import type { Sql } from 'postgres'
import type { Random } from '#database/embedded/seed/random.ts'
import type { Role } from '#shared/domain/role.ts'
import type { Markers } from './markers.ts'

/** Somebody with an account, and a company. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly name: string
  readonly companyId: string
  readonly role: Role
}

/** A company with its people, and what is in it at first. */
export interface Tenant {
  readonly letter: string
  readonly id: string
  readonly people: readonly Person[]
  /** Ids of customers that anybody knows of, the ones made meanwhile included. */
  readonly customers: string[]
  readonly chats: readonly string[]
}

const PASSWORD = 'chaos-password'
const ROLES: Readonly<Record<string, readonly Role[]>> = {
  A: ['owner', 'manager', 'sales', 'analyst'],
  B: ['owner', 'manager', 'sales'],
}
const CUSTOMERS = 24
const CHATS = 12

/** Makes two companies of their own, so that a seed never meets the leavings of another. */
export async function makeTenants(sql: Sql, random: Random, markers: Markers): Promise<Tenant[]> {
  return Promise.all(Object.entries(ROLES).map(([letter, roles]) => makeTenant(sql, random, markers, letter, roles)))
}

async function makeTenant(
  sql: Sql,
  random: Random,
  markers: Markers,
  letter: string,
  roles: readonly Role[],
): Promise<Tenant> {
  const id = random.uuid()
  const people = roles.map((role): Person => {
    const person = { id: random.uuid(), password: PASSWORD, companyId: id, role }
    return { ...person, email: `${role}-${person.id.slice(0, 8)}@chaos.example`, name: `${role} of ${letter}` }
  })
  const rep = people.find(({ role }) => role === 'sales')?.id ?? null
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => ({
    id: random.uuid(),
    name: `Seeded ${markers.next(letter)}`,
    phone: `+61 ${markers.next(letter)}`,
    notes: `First line ${markers.next(letter)}\nSecond line ${markers.next(letter)}`,
    tags: [`t-${markers.next(letter)}`],
    owner: n % 2 === 0 ? rep : null,
  }))
  const chats = Array.from({ length: CHATS }, () => ({
    id: random.uuid(),
    session: random.uuid(),
    summary: markers.next(letter),
  }))
  await sql.begin(async (tx) => {
    await tx`insert into public.companies (id, name, country) values (${id}, ${`Company ${letter}`}, 'AU')`
    for (const { id: userId, email, name, role } of people) {
      await tx`
        insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data)
        values (${userId}, 'authenticated', 'authenticated', ${email}, extensions.crypt(${PASSWORD}, extensions.gen_salt('bf', 4)),
                now(), '{"provider": "email", "providers": ["email"]}', ${tx.json({ name })})`
      await tx`
        insert into auth.identities (id, provider, provider_id, user_id, identity_data)
        values (gen_random_uuid(), 'email', ${userId}, ${userId}, ${tx.json({ sub: userId, email, email_verified: true })})`
      await tx`
        insert into public.company_members (company_id, user_id, role, display_name)
        values (${id}, ${userId}, ${role}, ${name})`
    }
    for (const customer of customers) {
      await tx`
        insert into public.customers (id, company_id, customer_name, customer_phone, customer_notes, tags, owner_id, source)
        values (${customer.id}, ${id}, ${customer.name}, ${customer.phone}, ${customer.notes}, ${customer.tags}, ${customer.owner}, 'manual')`
    }
    for (const chat of chats) {
      await tx`
        insert into public."VC Usage" (id, company_id, session_id, summary)
        values (${chat.id}, ${id}, ${chat.session}, ${chat.summary})`
    }
  })
  return {
    letter,
    id,
    people,
    customers: customers.map((customer) => customer.id),
    chats: chats.map((chat) => chat.id),
  }
}
