-- Every replicated table gets what the gap-free cursor of sync_pull walks (SPEC SY-3): `rev`, the
-- transaction that wrote the row's version, kept by a trigger, and an index in the cursor's order.
-- Rows that are really deleted leave a tombstone behind, or a replica would keep them for ever.

create function private.stamp_rev()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.rev := pg_current_xact_id();
  return new;
end
$$;

-- Company, collection and id of rows that are gone. Only that: what was in them must not outlive them.
create table private.sync_tombstones (
  company_id uuid not null references public.companies (id) on delete cascade,
  collection text not null,
  id uuid not null,
  rev xid8 not null default pg_current_xact_id(),
  buried_at timestamptz not null default now(),
  primary key (company_id, collection, id)
);
create index sync_tombstones_cursor_idx on private.sync_tombstones (company_id, collection, rev, id);

alter table private.sync_tombstones enable row level security;
alter table private.sync_tombstones force row level security;
create policy sync_tombstones_select on private.sync_tombstones
  for select to authenticated
  using (company_id = any ((select private.my_company_ids())::uuid[]));
grant select on private.sync_tombstones to authenticated;
grant all on private.sync_tombstones to service_role;

-- Definer rights: nobody may write tombstones by hand. The collection is the trigger's argument.
create function private.bury_rows()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.sync_tombstones (company_id, collection, id)
  select g.company_id, tg_argv[0], g.id
    from gone g
    -- A company that goes as a whole leaves nobody to tell.
    join public.companies c on c.id = g.company_id
      on conflict (company_id, collection, id) do update set rev = excluded.rev, buried_at = excluded.buried_at;
  return null;
end
$$;

-- Makes a table replicable. p_collection is null for a table whose rows are never deleted.
create function private.make_replicable(p_table regclass, p_prefix text, p_collection text, p_id text default 'id')
returns void
language plpgsql
set search_path = ''
as $$
begin
  execute format('alter table %s add column rev xid8 not null default pg_current_xact_id()', p_table);
  execute format('create index %I on %s (company_id, rev, %I)', p_prefix || '_company_rev_idx', p_table, p_id);
  execute format(
    'create trigger %I before insert or update on %s for each row execute function private.stamp_rev()',
    p_prefix || '_stamp_rev', p_table);
  if p_collection is not null then
    execute format(
      'create trigger %I after delete on %s referencing old table as gone
         for each statement execute function private.bury_rows(%L)',
      p_prefix || '_bury', p_table, p_collection);
  end if;
end
$$;

revoke execute on function private.stamp_rev(), private.bury_rows(), private.make_replicable(regclass, text, text, text)
  from public, anon, authenticated;

-- The log's own key is a number that tells how much all companies do together; replicas get this one.
alter table public.audit_log add column entry_id uuid not null default gen_random_uuid();

select private.make_replicable('public."VC Usage"', 'vc_usage', 'conversations');
select private.make_replicable('public.quotes', 'quotes', 'quotes');
select private.make_replicable('public.customer_interactions', 'customer_interactions', 'interactions');
select private.make_replicable('public.customer_merges', 'customer_merges', 'merges');
select private.make_replicable('public.audit_log', 'audit_log', null, 'entry_id');
select private.make_replicable('public.saved_filters', 'saved_filters', 'savedFilters');
select private.make_replicable('public.import_batches', 'import_batches', 'importBatches');
select private.make_replicable('public.customer_suggestions', 'customer_suggestions', 'suggestions');
select private.make_replicable('public.chat_link_candidates', 'chat_link_candidates', 'chatReviews');

-- A filter that its author no longer shares is gone for everybody else; sync_pull shows the
-- tombstone to those who don't see the row.
create function private.bury_unshared_filters()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.sync_tombstones (company_id, collection, id)
  values (new.company_id, 'savedFilters', new.id)
      on conflict (company_id, collection, id) do update set rev = excluded.rev, buried_at = excluded.buried_at;
  return null;
end
$$;
revoke execute on function private.bury_unshared_filters() from public, anon, authenticated;
create trigger saved_filters_bury_unshared
  after update on public.saved_filters
  for each row when (old.shared and not new.shared)
  execute function private.bury_unshared_filters();

-- How far back a replica keeps conversations, interactions and the activity log, in days. Older ones
-- are asked for when somebody scrolls there.
alter table public.companies
  add column sync_window_days integer not null default 90,
  add constraint companies_sync_window_valid check (sync_window_days between 1 and 3650);
