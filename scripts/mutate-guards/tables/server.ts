import type { Guard } from '../guard.ts'

const MIGRATIONS = 'database/postgres/migrations'
const TENANTS = 'database/postgres/tenant-isolation.integration.test.ts'
const MATRIX = 'database/postgres/role-matrix.integration.test.ts'
const CATALOGUE = 'database/postgres/catalogue.integration.test.ts'
const PULL_TEST = 'database/postgres/sync-pull.integration.test.ts'
const COLLECTIONS = 'database/postgres/sync-collections.integration.test.ts'
const PUSH_TEST = 'database/postgres/sync-push.integration.test.ts'
const HELPERS = { spec: 'R-2', file: `${MIGRATIONS}/20261122000300_membership_helpers.sql`, tests: [TENANTS] } as const
const POLICIES = { spec: 'R-1', file: `${MIGRATIONS}/20261122000600_customer_policies.sql`, tests: [MATRIX] } as const
const STAMPS = { file: `${MIGRATIONS}/20261122000500_customer_stamps.sql`, tests: [MATRIX] } as const
const CUSTOMERS = { spec: 'R-2', file: `${MIGRATIONS}/20261122000400_customers.sql`, tests: [CATALOGUE] } as const
const PULL = { spec: 'SY-3', file: `${MIGRATIONS}/20261122005200_sync_collections.sql`, tests: [PULL_TEST] } as const
const APPLY = { spec: 'SY-2', file: `${MIGRATIONS}/20261122001800_sync_apply.sql`, tests: [PUSH_TEST] } as const
const RECORDS = {
  spec: 'SY-2',
  file: `${MIGRATIONS}/20261122005300_sync_push_records.sql`,
  tests: ['database/postgres/sync-push-records.integration.test.ts'],
} as const
const HINTS = {
  spec: 'R-2',
  file: `${MIGRATIONS}/20261122005400_realtime_hints.sql`,
  tests: ['database/embedded/realtime/realtime.integration.test.ts'],
} as const
const CHATS = { tests: ['database/postgres/chat-triggers.integration.test.ts'] } as const

/** What Postgres decides: who sees and may do what, and the server's half of the sync. */
export const SERVER_GUARDS: readonly Guard[] = [
  {
    ...POLICIES,
    id: 'tenant.customers',
    spec: 'R-2',
    against: 'everybody sees the customers of every company',
    find: `create policy customers_select on public.customers
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));`,
    off: `create policy customers_select on public.customers
  for select to authenticated
  using (true);`,
    tests: [TENANTS],
  },
  {
    ...HELPERS,
    id: 'tenant.companies',
    against: 'everybody sees the names of all companies',
    find: 'using (id = any ((select private.my_company_ids())::uuid[]));',
    off: 'using (true);',
  },
  {
    ...HELPERS,
    id: 'tenant.members',
    against: 'everybody sees who works where',
    find: 'using (company_id = any ((select private.my_company_ids())::uuid[]));',
    off: 'using (true);',
  },
  {
    spec: 'R-2',
    file: `${MIGRATIONS}/20261122000700_chat_log.sql`,
    id: 'tenant.chats',
    against: 'everybody reads the conversations of every company',
    find: 'using (company_id = any ((select private.my_company_ids())::uuid[]));',
    off: 'using (true);',
    tests: [TENANTS],
  },
  {
    spec: 'R-2',
    file: `${MIGRATIONS}/20261122005000_sync_revisions.sql`,
    id: 'tenant.tombstones',
    against: 'everybody sees what other companies have deleted',
    find: 'using (company_id = any ((select private.my_company_ids())::uuid[]));',
    off: 'using (true);',
    tests: [TENANTS],
  },
  {
    ...CUSTOMERS,
    id: 'tenant.forced',
    file: `${MIGRATIONS}/20261122000600_customer_policies.sql`,
    against: 'row-level security does not judge the owner of the tables',
    find: 'alter table public.customers force row level security;',
    off: '',
  },
  {
    ...CUSTOMERS,
    id: 'tenant.composite-key',
    against: 'a customer is merged into one of another company',
    find: `foreign key (company_id, merged_into)
    references public.customers (company_id, id)`,
    off: `foreign key (merged_into)
    references public.customers (id)`,
  },
  {
    spec: 'R-2',
    file: `${MIGRATIONS}/20261122005100_replica_writes.sql`,
    id: 'tenant.composite-key-of-requests',
    against: 'a request names a customer of another company',
    find: `constraint quote_requests_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id)`,
    off: `constraint quote_requests_customer_fkey foreign key (customer_id)
    references public.customers (id)`,
    tests: [CATALOGUE],
  },
  {
    spec: 'R-2',
    file: `${MIGRATIONS}/20261122004000_role_checks.sql`,
    id: 'tenant.definer-functions-ask',
    against: 'functions that row-level security does not judge work for strangers',
    find: '  if v_role is null then\n',
    off: '  if false then\n',
    tests: ['database/postgres/function-attacks.exploit.integration.test.ts'],
  },
  {
    spec: 'R-1',
    file: `${MIGRATIONS}/20261122004000_role_checks.sql`,
    id: 'roles.definer-functions-ask',
    against: 'anybody in the company merges, exports and erases',
    find: '  if not v_role = any (p_roles) then\n',
    off: '  if false then\n',
    tests: ['database/postgres/merge.integration.test.ts'],
  },
  {
    ...HINTS,
    id: 'tenant.hints',
    against: 'everybody hears when something changes in another company',
    find: 'and (select realtime.topic()) = any ((select private.my_topics())::text[])',
    off: '',
  },
  {
    ...HINTS,
    id: 'server.hint-failure-costs-nothing',
    spec: 'SY-6',
    against: 'a Realtime that is down undoes every write',
    find: `exception when others then
  raise warning 'Replicas of company % were not told about a change: %', p_company, sqlerrm;
`,
    off: '',
  },
  {
    ...CHATS,
    id: 'server.chat-gives-way',
    spec: 'DB-6',
    file: `${MIGRATIONS}/20261122003400_customer_sync_trigger.sql`,
    against: 'a merge ends in a deadlock with a chat that changes',
    find: `set lock_timeout = '200ms'\n`,
    off: '',
  },
  {
    ...CHATS,
    id: 'server.chat-counted-later',
    spec: 'DB-4',
    file: `${MIGRATIONS}/20261122003400_customer_sync_trigger.sql`,
    against: 'a chat that is moved while its customer is locked is never counted',
    find: 'where c.id = any (v_recount)',
    off: 'where false',
  },
  {
    ...CHATS,
    id: 'server.chat-of-the-living',
    spec: 'DB-8',
    file: `${MIGRATIONS}/20261122003300_find_or_create_customer.sql`,
    against: 'a chat that comes in the middle of an erasure is linked to nobody',
    find: `v_customer is null or exists (
        select from public.customers c
         where c.company_id = v.company_id and c.id = v_customer and c.deleted_at is null
           for key share)`,
    off: 'true',
  },
  {
    spec: 'SE-2',
    file: `${MIGRATIONS}/20261122001200_saved_filters.sql`,
    id: 'server.shared-filters-stay',
    against: 'filters that somebody shared are gone when they leave',
    find: '  update public.saved_filters f\n     set user_id = heir.user_id\n',
    off: '  update public.saved_filters f\n     set user_id = f.user_id\n',
    tests: ['database/postgres/members.integration.test.ts'],
  },
  {
    ...POLICIES,
    id: 'roles.insert',
    against: 'an analyst makes customers',
    find: `my_company_ids_as('{owner,manager,sales}'::public.member_role[]))::uuid[])
  );

-- Sales`,
    off: `my_company_ids_as('{owner,manager,sales,analyst}'::public.member_role[]))::uuid[])
  );

-- Sales`,
  },
  {
    ...POLICIES,
    id: 'roles.sales-edit-own',
    against: 'a sales rep edits the customers of others',
    find: '      and (owner_id = (select auth.uid()) or created_by_user_id = (select auth.uid()))\n',
    off: '',
  },
  {
    ...STAMPS,
    id: 'roles.owners-delete',
    spec: 'R-1',
    against: 'a manager deletes customers',
    find: `if v_role is distinct from 'owner' then`,
    off: 'if false then',
  },
  {
    ...STAMPS,
    id: 'server.creator-not-forged',
    spec: 'R-1',
    against: 'somebody makes customers in the name of a colleague',
    find: '      new.created_by_user_id := v_user;\n',
    off: '',
  },
  {
    ...STAMPS,
    id: 'server.deleted-not-edited',
    spec: 'SY-4',
    against: 'a deleted customer is edited',
    find: `    if v_edited <> '{}' and old.deleted_at is not null and new.deleted_at is not null`,
    off: `    if v_edited = '{none}' and old.deleted_at is not null and new.deleted_at is not null`,
  },
  {
    ...STAMPS,
    id: 'server.no-future-edits',
    spec: 'SY-4',
    against: 'a laptop whose clock is fast wins every conflict for a day',
    find: `least(greatest(coalesce((v_times ->> field)::timestamptz, v_at, now()), '2000-01-01Z'), now())`,
    off: 'coalesce((v_times ->> field)::timestamptz, v_at, now())',
    tests: [PUSH_TEST],
  },
  {
    ...PULL,
    id: 'pull.members-only',
    spec: 'SY-5',
    against: 'who was let go gets empty pages instead of a refusal, and keeps the replica',
    find: `  v_more boolean := false;
begin
  perform private.require_current_client();
  if p_company is null or not p_company = any (private.my_company_ids()) then`,
    off: `  v_more boolean := false;
begin
  perform private.require_current_client();
  if p_company is null then`,
    tests: [COLLECTIONS],
  },
  {
    ...PULL,
    id: 'pull.open-transactions',
    against: 'a row that commits late is skipped for good',
    find: 'v_after_rev := greatest(v_after_rev, pg_snapshot_xmin(v_prev));',
    off: 'v_after_rev := greatest(v_after_rev, pg_snapshot_xmax(v_prev));',
  },
  {
    ...PULL,
    id: 'pull.prev-snapshot',
    against: 'rows that were delivered come again in every round',
    find: 'and not pg_visible_in_snapshot(x.rev, $4) and',
    off: 'and $4 is not null and',
  },
  {
    ...PULL,
    id: 'pull.upto-snapshot',
    against: 'a round chases the writers, and its end hides what they wrote meanwhile',
    find: 'and pg_visible_in_snapshot(x.rev, $5)',
    off: 'and $5 is not null',
  },
  {
    ...PULL,
    id: 'pull.epoch',
    against: 'a restored server goes on with checkpoints of before',
    find: `if coalesce(p_checkpoint ->> 'epoch', v_epoch) <> v_epoch
     or pg`,
    off: `if false
     or pg`,
  },
  {
    ...PULL,
    id: 'pull.future-snapshot',
    against: 'the same, where nobody has started a new epoch after the restore',
    find: '     or pg_snapshot_xmax(v_prev) > pg_snapshot_xmax(v_current)\n',
    off: '',
  },
  {
    ...PULL,
    id: 'pull.epoch-shows-everything',
    file: `${MIGRATIONS}/20261122001500_sync_epoch.sql`,
    against: 'after a new epoch rows of before are never pulled',
    find: `execute format('update %s set rev = pg_current_xact_id() where true', v_table);`,
    off: '',
    tests: [PULL_TEST],
  },
  {
    ...PULL,
    id: 'pull.tombstones',
    file: `${MIGRATIONS}/20261122005000_sync_revisions.sql`,
    against: 'what was deleted stays in every replica',
    find: '  if p_collection is not null then\n',
    off: '  if false then\n',
    tests: [COLLECTIONS],
  },
  {
    ...APPLY,
    id: 'push.ledger',
    against: 'a push whose answer was lost is done twice',
    find: `    into v_claimed, v_ids
    from claimed;`,
    off: `    into v_claimed, v_ids
    from (select (e ->> 'mutationId')::uuid as mutation_id, (e ->> 'id')::uuid as record_id
            from unnest(p_mutations) as m (e)) as everything;`,
  },
  {
    ...APPLY,
    id: 'push.ledger-answers',
    against: 'a repeated push is told to be a conflict',
    find: 'm.mutation_id not in (select unnest(v_claimed)) or m.id in (select unnest(v_applied)) as applied',
    off: 'm.id in (select unnest(v_applied)) as applied',
  },
  {
    ...APPLY,
    id: 'push.ledger-keeps-conflicts',
    against: 'a late copy of a change that met a conflict counts as applied: its value is dropped',
    find: 'if cardinality(v_applied) < cardinality(v_claimed) then',
    off: 'if false then',
  },
  {
    ...APPLY,
    id: 'push.base-compared',
    spec: 'SY-4',
    against: 'an edit overwrites what somebody wrote meanwhile, unseen',
    find: `            where base ? f.key and f.value <> case`,
    off: `            where false and f.value <> case`,
  },
  {
    ...APPLY,
    id: 'push.no-resurrection',
    spec: 'SY-4',
    against: 'an edit of a deleted customer is refused as invalid, without the row',
    find: '         and c.deleted_at is null\n',
    off: '',
  },
  {
    ...APPLY,
    id: 'push.only-editable',
    spec: 'R-1',
    against: 'an edit that the role matrix forbids is told to be a conflict, and sent again for ever',
    find: `               or j.op <> 'create' and j.id not in (select unnest(v_locked)) then`,
    off: '               or false then',
  },
  {
    spec: 'SY-3',
    file: `${MIGRATIONS}/20261122001900_sync_push.sql`,
    id: 'push.one-bad-row',
    against: 'one bad row makes the whole push fail',
    find: '            if v_verdict is null then\n',
    off: '            if true then\n',
    tests: [PUSH_TEST],
  },
  {
    spec: 'SY-3',
    file: `${MIGRATIONS}/20261122001900_sync_push.sql`,
    id: 'push.known-fields-only',
    against: 'a field that the server does not know is dropped in silence',
    find: `    when coalesce((p_mutation -> 'changes') - c.fields, '{}') <> '{}' or coalesce((p_mutation -> 'base') - c.fields, '{}') <> '{}'\n`,
    off: '    when false\n',
    tests: [PUSH_TEST],
  },
  {
    ...RECORDS,
    id: 'push.record-ledger',
    against: 'a view or a wish whose answer was lost is written twice',
    find: '  if found then\n    v_outcome := case p_collection',
    off: '  if true then\n    v_outcome := case p_collection',
  },
  {
    ...APPLY,
    id: 'push.judged-once',
    against: 'a late copy of a change that met a conflict is told to have been applied',
    find: "when j.before is not null then json_build_object('status', 'conflict', ",
    off: "when false then json_build_object('status', 'conflict', ",
  },
  {
    ...APPLY,
    id: 'push.refused-once',
    against: 'a late copy of a refused change is told to have been applied, or met a conflict',
    find: "when j.before ->> 'status' = 'rejected' then",
    off: 'when false then',
  },
  {
    file: `${MIGRATIONS}/20261122001900_sync_push.sql`,
    spec: 'SY-2',
    id: 'push.refusal-kept',
    against: 'a late copy of a change that the database refused is applied when the reason is gone',
    find: ' where p_mutation is not null and',
    off: ' where false and',
    tests: [PUSH_TEST],
  },
  {
    file: `${MIGRATIONS}/20261122001900_sync_push.sql`,
    spec: 'SY-5',
    id: 'push.strangers-not-in-ledger',
    against: 'what the last push before a loss of access met as forbidden makes the whole push fail',
    find: 'p_mutation is not null and p_company = any (private.my_company_ids())',
    off: 'p_mutation is not null',
    tests: [PUSH_TEST],
  },
  {
    ...APPLY,
    id: 'push.put-out-meanwhile',
    spec: 'SY-5',
    against: 'what was refused to somebody who was put out meanwhile is told to have been applied when they are back',
    find: 'if v_kept < cardinality(v_claimed) - cardinality(v_applied) then',
    off: 'if false then',
  },
  {
    ...APPLY,
    id: 'push.ledger-own-lines',
    against: 'a resent batch reads all that its user ever sent',
    find: 'in (select unnest(v_mutation_ids))',
    off: `in (select (e ->> 'mutationId')::uuid from unnest(p_mutations) as m (e))`,
  },
  {
    file: `${MIGRATIONS}/20261122001900_sync_push.sql`,
    spec: 'SY-2',
    id: 'push.quicker-copy',
    against: 'a change that a copy has applied meanwhile is told to be refused',
    find: 'when found or p_mutation is null or not exists (',
    off: 'when true or not exists (',
    tests: [PUSH_TEST],
  },
  {
    ...RECORDS,
    id: 'push.record-put-out-meanwhile',
    spec: 'SY-5',
    against: 'the same for the change of a record',
    find: '    if not found then\n      -- Put out',
    off: '    if false then\n      -- Put out',
  },
  {
    ...RECORDS,
    id: 'push.record-judged-once',
    against:
      'a late copy of a record’s change that met a conflict is applied where its base holds again, or counts as applied',
    find: "if v_outcome <> 'applied' and v_refusal is null then",
    off: 'if false then',
  },
  {
    ...RECORDS,
    id: 'push.one-bad-record',
    spec: 'SY-3',
    against: 'one bad record makes the whole push fail',
    find: '        if v_verdict is null then\n',
    off: '        if true then\n',
  },
  {
    ...RECORDS,
    id: 'push.own-filters',
    spec: 'R-1',
    against: `somebody's refused change of a colleague's filter looks like a conflict`,
    find: `  elsif v_author <> auth.uid() then
    return 'forbidden';`,
    off: `  elsif false then
    return 'forbidden';`,
  },
]
