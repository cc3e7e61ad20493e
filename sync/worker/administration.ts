import type { z } from 'zod'
import { type CompanyAction, companyPermission } from '#shared/permissions/company-permissions.ts'
import { type Actor, customerPermission, type Permission } from '#shared/permissions/customer-permissions.ts'
import {
  type AdministrationAnswer,
  type AdministrationInput,
  type AdministrationName,
  administrationRequests,
} from '#shared/replica-api/administration.ts'
import { fail, type Result } from '#shared/util/result.ts'

/** A request as the server knows it. */
interface ServerFunction<N extends AdministrationName> {
  readonly name: string
  /** Null: every member may. */
  readonly needs: CompanyAction | 'export' | null
  readonly args?: (input: AdministrationInput<N>) => Readonly<Record<string, unknown>>
}

const FUNCTIONS: { readonly [N in AdministrationName]: ServerFunction<N> } = {
  'company.update': {
    name: 'update_company',
    needs: 'changeCompany',
    args: ({ name, country }) => ({ p_name: name, p_country: country }),
  },
  'company.rekeyPhones': { name: 'rekey_phones', needs: 'changeCompany' },
  'company.setChatLink': { name: 'set_chat_link', needs: 'changeCompany', args: ({ url }) => ({ p_url: url }) },
  'members.list': { name: 'members_and_invitations', needs: 'manageMembers' },
  'members.invite': {
    name: 'invite_member',
    needs: 'manageMembers',
    args: ({ email, role, name }) => ({ p_email: email, p_role: role, p_display_name: name }),
  },
  'members.revokeInvitation': {
    name: 'revoke_invitation',
    needs: 'manageMembers',
    args: ({ id }) => ({ p_invitation: id }),
  },
  'members.changeRole': {
    name: 'change_member_role',
    needs: 'manageMembers',
    args: ({ userId, role }) => ({ p_user: userId, p_role: role }),
  },
  'members.remove': { name: 'revoke_member', needs: 'manageMembers', args: ({ userId }) => ({ p_user: userId }) },
  'devices.list': { name: 'company_devices', needs: null },
  'devices.forget': {
    name: 'forget_device',
    needs: null,
    args: ({ device, userId }) => ({ p_device: device, p_user: userId }),
  },
  'devices.signOut': {
    name: 'sign_out_device',
    needs: null,
    args: ({ device, userId }) => ({ p_device: device, p_user: userId }),
  },
  'privacy.overview': { name: 'privacy_overview', needs: 'managePrivacy' },
  'privacy.setYears': { name: 'set_retention', needs: 'managePrivacy', args: ({ years }) => ({ p_years: years }) },
  'privacy.expired': { name: 'retention_candidates', needs: 'managePrivacy' },
  'privacy.eraseExpired': {
    name: 'apply_retention',
    needs: 'managePrivacy',
    args: ({ years }) => ({ p_dry_run: false, p_years: years }),
  },
  'privacy.export': {
    name: 'export_customer_data',
    needs: 'export',
    args: ({ customerId }) => ({ p_customer: customerId }),
  },
  'privacy.erase': {
    name: 'erase_customer',
    needs: 'managePrivacy',
    args: ({ customerId, reason }) => ({ p_customer: customerId, p_reason: reason }),
  },
  'privacy.erasures': { name: 'erasure_status', needs: 'managePrivacy' },
  'company.log': {
    name: 'company_log',
    needs: 'seeLog',
    args: ({ actions, before }) => ({ p_actions: actions, p_before: before }),
  },
}

/** Asks the server something about the open company. */
export type AskServer = <T>(
  name: string,
  args: Readonly<Record<string, unknown>>,
  answer: z.ZodType<T>,
) => Promise<Result<T>>

/** Whether something is different on the server afterwards, so that the replica should hear of it at once. */
export function changesCompany(name: AdministrationName): boolean {
  return CHANGES.has(name)
}

const CHANGES: ReadonlySet<AdministrationName> = new Set([
  'company.update',
  'company.setChatLink',
  'members.changeRole',
  'members.remove',
  'privacy.eraseExpired',
  'privacy.erase',
])

/** Answers a request about the company through the server, which is not even asked for what the role may not do. */
export async function administer<N extends AdministrationName>(
  who: Actor,
  ask: AskServer,
  name: N,
  input: AdministrationInput<N>,
): Promise<Result<AdministrationAnswer<N>>> {
  const { name: asked, needs, args } = FUNCTIONS[name]
  const permission = permissionFor(who, needs)
  if (!permission.allowed) return fail('forbidden', permission.reason)
  const answer = administrationRequests[name].answer as unknown as z.ZodType<AdministrationAnswer<N>>
  return ask(asked, args?.(input) ?? {}, answer)
}

function permissionFor(who: Actor, needs: CompanyAction | 'export' | null): Permission {
  if (needs === null) return { allowed: true }
  return needs === 'export' ? customerPermission(who, 'export') : companyPermission(who.role, needs)
}
