do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.unschedule(j.jobid) from cron.job j where j.jobname = 'tradesphere-sync-pruning';
  end if;
end
$$;
drop function private.prune_sync_memory();
