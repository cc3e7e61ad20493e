do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.unschedule(j.jobid) from cron.job j where j.jobname in ('tradesphere-retention', 'tradesphere-forget-samples');
  end if;
end
$$;
drop function private.forget_samples();
drop function private.apply_retention_everywhere(integer);
drop function public.apply_retention(uuid, boolean, integer);
drop function private.apply_retention(uuid, boolean, integer);
drop function private.erase_expired(uuid, uuid[]);
drop function public.retention_candidates(uuid);
drop function private.retention_candidates(uuid);
drop function public.set_retention(uuid, integer);
drop function private.set_retention(uuid, integer);
drop function private.expired_customers(uuid, uuid[]);
alter table public.companies drop column retention_years;
