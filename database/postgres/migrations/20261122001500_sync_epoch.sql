-- The epoch of the replication. A restored database hands out transaction ids that it had handed
-- out before, which would mislead every cursor: after a restore a new epoch makes replicas start over.

create table private.sync_epoch (
  only_row boolean primary key default true check (only_row),
  epoch uuid not null default gen_random_uuid(),
  -- Tombstones up to this transaction were cleared away: whoever has not pulled since must start over.
  pruned_rev xid8 not null default '0'
);
insert into private.sync_epoch default values;

alter table private.sync_epoch enable row level security;
alter table private.sync_epoch force row level security;
-- The epoch tells nothing about anybody; every signed-in user may know it.
create policy sync_epoch_select on private.sync_epoch for select to authenticated using (true);
grant select on private.sync_epoch to authenticated, service_role;

create function private.sync_epoch()
returns text
language sql stable
set search_path = ''
as $$ select e.epoch::text from private.sync_epoch e $$;
revoke execute on function private.sync_epoch() from public, anon;
grant execute on function private.sync_epoch() to authenticated, service_role;

-- For the administrator, right after a restore: a new epoch, and a transaction id of this server
-- on every replicated row (the ones in the backup may lie in its future, where no cursor sees them).
create function private.start_new_sync_epoch()
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_epoch text;
  v_table regclass;
begin
  update private.sync_epoch set epoch = gen_random_uuid(), pruned_rev = '0' where only_row returning epoch::text into v_epoch;
  for v_table in
    select a.attrelid::regclass
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
     where a.attname = 'rev' and a.atttypid = 'pg_catalog.xid8'::regtype and not a.attisdropped
       and c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  loop
    -- Without triggers: this is no edit, and the log refuses any.
    execute format('alter table %s disable trigger user', v_table);
    execute format('update %s set rev = pg_current_xact_id() where true', v_table);
    execute format('alter table %s enable trigger user', v_table);
  end loop;
  return v_epoch;
end
$$;
revoke execute on function private.start_new_sync_epoch() from public, anon, authenticated;
