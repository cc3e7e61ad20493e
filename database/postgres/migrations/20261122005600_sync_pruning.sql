-- What the sync remembers for laptops that were away: verdicts on mutations, tombstones of rows
-- that are gone. Kept for 400 days, longer than any laptop is away that still has work to send. One that
-- comes back later starts its download over (sync_page), so that it keeps no row whose tombstone is gone;
-- a change that it had sent, and never heard of, is judged against its base like any other. Sign-ins of devices
-- are remembered until they end.

create function private.prune_sync_memory()
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_kept constant interval := '400 days';
  v_pruned xid8;
begin
  with gone as (
    delete from private.sync_tombstones t where t.buried_at < now() - c_kept returning t.rev
  )
  select max(g.rev) into v_pruned from gone g;
  update private.sync_epoch e set pruned_rev = v_pruned where e.pruned_rev < v_pruned;
  delete from private.judged_mutations a where a.judged_at < now() - c_kept;
  -- But not those that were signed out: their last token outlives them.
  delete from private.session_devices d
   where not exists (select from auth.sessions s where s.user_id = d.user_id and s.id::text = d.session_id)
     and not exists (
       select from private.device_sign_outs o where o.user_id = d.user_id and o.device_id = d.device_id and d.born_at <= o.at);
end
$$;
revoke execute on function private.prune_sync_memory() from public, anon, authenticated, service_role;

-- Every night, where pg_cron is there; without it, from any scheduler (docs/migration-runbook.md).
do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.schedule('tradesphere-sync-pruning', '47 3 * * *', 'select private.prune_sync_memory()');
  end if;
end
$$;
