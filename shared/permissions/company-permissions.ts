import type { Role } from '../domain/role.ts'
import type { Permission } from './customer-permissions.ts'

/** What one may do with the company itself, as the server's functions ask it (docs/api.md, docs/gdpr.md). */
export type CompanyAction = 'changeCompany' | 'manageMembers' | 'managePrivacy' | 'seeLog'

const ALLOWED: Readonly<Record<CompanyAction, { readonly roles: readonly Role[]; readonly reason: string }>> = {
  changeCompany: { roles: ['owner'], reason: 'Only owners can change the company. Ask one of them.' },
  manageMembers: { roles: ['owner'], reason: 'Only owners can manage members. Ask one of them.' },
  managePrivacy: { roles: ['owner'], reason: 'Only owners can set how long customers are kept, and erase them.' },
  seeLog: { roles: ['owner', 'manager'], reason: 'Only owners and managers can see the log.' },
}

/** Whether a role may do `action`; else the reason, for whoever hovers over the button. */
export function companyPermission(role: Role, action: CompanyAction): Permission {
  const { roles, reason } = ALLOWED[action]
  return roles.includes(role) ? { allowed: true } : { allowed: false, reason }
}
