-- Who changed what, when: append-only (SPEC DB-1). Filled by statement triggers, so that a push of
-- a thousand rows costs one insert.

create table public.audit_log (
  id bigint generated always as identity primary key,
  company_id uuid not null references public.companies (id),
  -- Null for what is about the company: members, exports, imports, retention.
  customer_id uuid,
  action text not null,
  -- Field → {"from", "to"} for an edit; empty for the other actions.
  changes jsonb not null default '{}',
  user_id uuid,
  user_name text,
  at timestamptz not null default now(),
  constraint audit_log_customer_fkey foreign key (company_id, customer_id)
    references public.customers (company_id, id),
  constraint audit_log_action_valid check (action in (
    'created', 'updated', 'deleted', 'restored', 'merged', 'unmerged', 'enriched',
    'chat_linked', 'chat_unlinked', 'suggestion_accepted', 'suggestion_dismissed',
    'exported', 'erased', 'flag_dismissed', 'imported', 'import_undone',
    'member_added', 'member_role_changed', 'member_revoked', 'member_invited', 'invitation_revoked',
    'retention_changed', 'retention_applied', 'company_changed', 'device_forgotten', 'device_signed_out'))
);
create index audit_log_customer_idx on public.audit_log (company_id, customer_id, at desc);

-- Nobody rewrites the log, by whatever right, with one exception that the law asks for: of a customer
-- that has been erased (or was merged with one that has), the values may be blanked, and nothing
-- else. The rule looks at the state of the data, not at a setting that somebody could set.
create function private.blank_changes(p_changes jsonb)
returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(k, '{"from": null, "to": null, "erased": true}'::jsonb), '{}')
    from jsonb_object_keys(p_changes) as keys (k)
$$;

create function private.refuse_audit_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'The audit log is append-only: write a new entry instead.' using errcode = '42501';
end
$$;
create trigger audit_log_append_only
  before delete or truncate on public.audit_log
  for each statement execute function private.refuse_audit_change();

create function private.guard_audit_update()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if new.changes = private.blank_changes(old.changes)
     and to_jsonb(new) - 'changes' - 'rev' = to_jsonb(old) - 'changes' - 'rev'
     and exists (
       select from public.customers c
        where c.company_id = old.company_id and c.erased_at is not null
          and (c.id = old.customer_id or exists (
            select from public.customer_merges m
              join public.customer_merge_sources s on s.company_id = m.company_id and s.merge_id = m.id
             where m.company_id = old.company_id
               and (m.target_customer_id = old.customer_id and s.source_customer_id = c.id
                    or m.target_customer_id = c.id and s.source_customer_id = old.customer_id))))
  then
    return new;
  end if;
  raise exception 'The audit log is append-only: write a new entry instead.' using errcode = '42501';
end
$$;
create trigger audit_log_guard_update
  before update on public.audit_log
  for each row execute function private.guard_audit_update();
revoke execute on function
  private.blank_changes(jsonb), private.refuse_audit_change(), private.guard_audit_update()
  from public, anon, authenticated;

-- One entry in the name of the caller. p_changes: {what: {"from", "to"}}. Owner only: called by
-- functions that have checked already.
create function private.write_audit(p_company uuid, p_customer uuid, p_action text, p_changes jsonb default '{}')
returns void
language sql volatile
set search_path = ''
as $$
  insert into public.audit_log (company_id, customer_id, action, changes, user_id, user_name)
  values (p_company, p_customer, p_action, p_changes, auth.uid(), private.my_display_name(p_company))
$$;
revoke execute on function private.write_audit(uuid, uuid, text, jsonb) from public, anon, authenticated, service_role;

-- Definer rights: nobody may write the log by hand.
create function private.audit_created_customers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.audit_log (company_id, customer_id, action, user_id, user_name)
  select n.company_id, n.id, 'created', auth.uid(), n.created_by_user_name
    from created n;
  return null;
end
$$;
create trigger customers_audit_insert
  after insert on public.customers
  referencing new table as created
  for each statement execute function private.audit_created_customers();

create function private.audit_changed_customers()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- Most updates are counts, after a chat or a look at a customer: those are told apart cheaply.
  if not exists (
    select from changed n join was o on o.id = n.id
     where (n.merged_into, n.deleted_at, n.erased_at) is distinct from (o.merged_into, o.deleted_at, o.erased_at)
        or private.customer_fields(n) <> private.customer_fields(o)
  ) then
    return null;
  end if;
  insert into public.audit_log (company_id, customer_id, action, changes, user_id, user_name)
  select n.company_id,
         n.id,
         case
           when n.erased_at is not null and o.erased_at is null then 'erased'
           when n.merged_into is not null and o.merged_into is null then 'merged'
           when n.merged_into is null and o.merged_into is not null then 'unmerged'
           when n.deleted_at is not null and o.deleted_at is null then 'deleted'
           when n.deleted_at is null and o.deleted_at is not null then 'restored'
           else 'updated'
         end,
         -- That somebody was erased is kept, not what was erased.
         case when n.erased_at is null then diff.changes else '{}' end,
         auth.uid(),
         coalesce(m.display_name, nullif(current_setting('tradesphere.actor', true), ''))
    from changed n
    join was o on o.id = n.id
    left join public.company_members m on m.company_id = n.company_id and m.user_id = auth.uid()
   cross join lateral (
         select coalesce(jsonb_object_agg(f.key, jsonb_build_object('from', f.value, 'to', v.now -> f.key)), '{}') as changes
           from (select private.customer_fields(o) || jsonb_build_object('mergedInto', o.merged_into) as was,
                        private.customer_fields(n) || jsonb_build_object('mergedInto', n.merged_into) as now
                 offset 0) v
          cross join lateral jsonb_each(v.was) f
          where f.value <> v.now -> f.key
         ) diff
   where diff.changes <> '{}'
      or (n.deleted_at is null) <> (o.deleted_at is null)
      or (n.erased_at is null) <> (o.erased_at is null);
  return null;
end
$$;
create trigger customers_audit_update
  after update on public.customers
  referencing old table as was new table as changed
  for each statement execute function private.audit_changed_customers();
revoke execute on function private.audit_created_customers(), private.audit_changed_customers()
  from public, anon, authenticated;

alter table public.audit_log enable row level security;
alter table public.audit_log force row level security;
-- What happened to a customer is for every member, what is about the company for those who see its log.
create policy audit_log_select on public.audit_log
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[])
         and (customer_id is not null
              or company_id = any ((select private.my_company_ids_as('{owner,manager}'::public.member_role[]))::uuid[])));

revoke all on public.audit_log from anon, authenticated;
grant select on public.audit_log to authenticated;
-- Entries are written by triggers and definer functions; not even the service role makes one up.
revoke all on public.audit_log from service_role;
grant select on public.audit_log to service_role;
