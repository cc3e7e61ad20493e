import type { Role } from '#shared/domain/role.ts'

/** A demo account, as `ready` prints it. */
export interface DemoUser {
  readonly email: string
  readonly password: string
  readonly role: Role
  /** Name of the company. */
  readonly company: string
}

/** A demo account with what the database needs of it. */
export interface DemoMember extends DemoUser {
  readonly id: string
  readonly companyId: string
  readonly name: string
}

/** A demo company. */
export interface DemoCompany {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly currency: string
}

export const DEMO_PASSWORD = 'tradesphere-demo'

export const DEMO_COMPANIES = {
  northbuild: {
    id: '0a000000-0000-4000-8000-000000000001',
    name: 'Northbuild Supplies',
    country: 'AU',
    currency: 'AUD',
  },
  harbourVale: {
    id: '0b000000-0000-4000-8000-000000000001',
    name: 'Harbour & Vale Interiors',
    country: 'GB',
    currency: 'GBP',
  },
} as const satisfies Record<string, DemoCompany>

function member(
  company: DemoCompany,
  domain: string,
  number: number,
  role: Role,
  login: string,
  name: string,
): DemoMember {
  return {
    id: `${company.id.slice(0, 2)}111111-0000-4000-8000-${String(number).padStart(12, '0')}`,
    companyId: company.id,
    company: company.name,
    email: `${login}@${domain}`,
    password: DEMO_PASSWORD,
    role,
    name,
  }
}

const { northbuild, harbourVale } = DEMO_COMPANIES

/** Ten people, five in each company. */
export const DEMO_USERS: readonly DemoMember[] = [
  member(northbuild, 'northbuild.example', 1, 'owner', 'owner', 'Olivia Hartmann'),
  member(northbuild, 'northbuild.example', 2, 'manager', 'manager', 'Marcus Webb'),
  member(northbuild, 'northbuild.example', 3, 'sales', 'sales', 'Sanne de Vries'),
  member(northbuild, 'northbuild.example', 4, 'sales', 'sales2', 'Jonas Keller'),
  member(northbuild, 'northbuild.example', 5, 'analyst', 'analyst', 'Anika Rao'),
  member(harbourVale, 'harbourvale.example', 1, 'owner', 'owner', 'Oscar Pemberton'),
  member(harbourVale, 'harbourvale.example', 2, 'manager', 'manager', 'Maëlle Fournier'),
  member(harbourVale, 'harbourvale.example', 3, 'sales', 'sales', 'Siân Hughes'),
  member(harbourVale, 'harbourvale.example', 4, 'sales', 'sales2', 'Tomasz Wójcik'),
  member(harbourVale, 'harbourvale.example', 5, 'analyst', 'analyst', 'Adaeze Okafor'),
]
