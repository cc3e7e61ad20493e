do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.unschedule(j.jobid) from cron.job j where j.jobname = 'tradesphere-rekey-phones';
  end if;
end
$$;
drop trigger vc_usage_stamp_rev_kept on public."VC Usage";
drop trigger customers_stamp_kept on public.customers;
drop function private.keep_rev();
drop function public.rekey_phones(uuid, integer);
drop function private.rekey_phones(uuid, integer);
drop function private.rekey_some(uuid, integer);
drop function private.phones_left(uuid);
