import type { Guard } from '../guard.ts'

const MIGRATION = 'database/postgres/migrations/20261122005800_company_administration.sql'
const SERVER = {
  spec: 'R-1',
  file: MIGRATION,
  tests: ['database/postgres/company-administration.integration.test.ts'],
} as const
const SIGNED_OUT = {
  ...SERVER,
  spec: 'SY-5',
  file: 'database/postgres/migrations/20261122000300_membership_helpers.sql',
} as const
const REKEYING = { spec: 'DB-4', tests: ['database/postgres/phone-rekeying.integration.test.ts'] } as const
const ACCOUNT = { file: 'sync/worker/forget-company.ts', tests: ['sync/worker/account.test.ts'] } as const
const ONLINE = { file: 'sync/worker/online-commands.ts', tests: ['sync/worker/online-commands.test.ts'] } as const

/** How a company is run, and what its settings do on this computer. */
export const COMPANY_GUARDS: readonly Guard[] = [
  {
    ...SERVER,
    id: 'company.update-role',
    against: 'everybody renames the company and moves its phones to another country',
    find: "perform private.require_role(p_company, '{owner}', 'change the company');",
    off: '',
  },
  {
    ...SERVER,
    id: 'company.chat-link-role',
    against: 'every member sends everybody who opens a chat to an address of their own',
    find: "perform private.require_role(p_company, '{owner}', 'set where chats open');",
    off: '',
  },
  {
    ...SERVER,
    id: 'company.members-role',
    against: 'every member reads the addresses of all accounts',
    find: "perform private.require_role(p_company, '{owner}', 'manage members');",
    off: '',
  },
  {
    ...SERVER,
    id: 'company.log-role',
    against: 'sales and analysts read the log of the company',
    find: "perform private.require_role(p_company, '{owner,manager}', 'see the log');",
    off: '',
  },
  {
    ...SERVER,
    file: 'database/postgres/migrations/20261122001100_audit_log.sql',
    id: 'company.log-rows',
    against: 'sales and analysts read the table behind the log of the company',
    find: "or company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[])",
    off: 'or true',
  },
  {
    ...SERVER,
    file: 'database/postgres/migrations/20261122005200_sync_collections.sql',
    id: 'company.log-not-replicated',
    against: 'the log of the company lies in replicas',
    find: ' where a.customer_id is not null;',
    off: ';',
  },
  {
    ...SERVER,
    spec: 'DB-8',
    id: 'company.log-without-names',
    against: 'names that a customer had before leave their history by the log of the company',
    find: "'about', case when p.customer_id is null then coalesce(",
    off: "'about', case when true then coalesce(",
  },
  {
    ...SERVER,
    spec: 'DB-8',
    id: 'company.log-without-values',
    against: 'values of customers leave their history by the log of the company',
    find: "'changes', case when p.customer_id is null then p.changes else '{}' end)",
    off: "'changes', p.changes)",
  },
  {
    ...SERVER,
    spec: 'DB-8',
    id: 'company.forget-own-devices',
    against: 'anybody takes the devices of others off the list that an erasure waits for',
    find: `if v_role <> 'owner' and p_user is distinct from auth.uid() then
    raise exception 'Only owners can remove the devices`,
    off: `if false then
    raise exception 'Only owners can remove the devices`,
  },
  {
    ...SERVER,
    spec: 'SY-5',
    id: 'company.sign-out-own-devices',
    against: 'anybody signs the devices of others out',
    find: `if v_role <> 'owner' and p_user is distinct from auth.uid() then
    raise exception 'Only owners can sign out the devices`,
    off: `if false then
    raise exception 'Only owners can sign out the devices`,
  },
  {
    ...SIGNED_OUT,
    id: 'company.signed-out-rows',
    against: 'a device that was signed out goes on reading and writing customers',
    find: `   where m.user_id = (select auth.uid())
     and not private.is_signed_out(m.company_id)`,
    off: '   where m.user_id = (select auth.uid())',
  },
  {
    ...SIGNED_OUT,
    id: 'company.signed-out-functions',
    against: 'a device that was signed out takes itself off the list, or acts as a member by other functions',
    find: 'and not private.is_signed_out(p_company)',
    off: '',
  },
  {
    ...REKEYING,
    file: 'database/postgres/migrations/20261122003300_find_or_create_customer.sql',
    id: 'company.rekeying-chats-wait',
    against: 'a chat makes a second customer of one whose phone is not read anew yet',
    find: 'if p_phone_key is not null and private.is_rekeying(p_company) then',
    off: 'if false then',
  },
  {
    ...REKEYING,
    spec: 'DB-8',
    file: 'database/postgres/migrations/20261122004800_erase_customer.sql',
    id: 'company.rekeying-nobody-erased',
    against: 'an erasure leaves chats behind whose phone is not read anew yet',
    find: 'if private.is_rekeying(p_company) then',
    off: 'if false then',
  },
  {
    ...REKEYING,
    file: 'database/postgres/migrations/20261122003000_identity_keys.sql',
    id: 'company.rekeying-again',
    against: 'a second change of the country in the middle leaves phones of the first',
    find: 'on conflict (company_id) do update set stage = default, after_id = default;',
    off: 'on conflict do nothing;',
  },
  {
    ...REKEYING,
    spec: 'PF-5',
    file: 'database/postgres/migrations/20261122005850_phone_rekeying.sql',
    id: 'company.rekeying-no-download',
    against: 'every replica fetches all customers again when the country changes',
    find: 'new.rev := old.rev;',
    off: '',
  },
  {
    spec: 'R-1',
    file: 'sync/worker/administration.ts',
    tests: ['sync/worker/online-commands.test.ts'],
    id: 'company.role-in-app',
    against: 'the app asks the server for what the role refuses',
    find: "if (!permission.allowed) return fail('forbidden', permission.reason)",
    off: '',
  },
  {
    ...ONLINE,
    spec: 'UI-6',
    id: 'company.words-of-the-server',
    against: 'what the server refuses is told as a fault of the app',
    find: 'if (refusal !== undefined && code !== undefined) return fail(code, refusal.message)',
    off: '',
  },
  {
    ...ACCOUNT,
    spec: 'SY-2',
    id: 'company.forget-unsent',
    against: 'an edit on its way to the disk goes with the company that is forgotten on this computer',
    find: 'if (left !== undefined && left > 0 && !discardUnsent) {',
    off: 'if (false) {',
  },
]
