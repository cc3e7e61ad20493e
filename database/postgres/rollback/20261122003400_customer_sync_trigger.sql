do $$
begin
  if exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron') then
    perform cron.unschedule(j.jobid) from cron.job j where j.jobname = 'tradesphere-waiting-chats';
  end if;
end
$$;
drop trigger trg_sync_customer_to_chat on public.customers;
drop trigger trg_sync_customer_from_chat_update on public."VC Usage";
drop trigger trg_sync_customer_from_chat_insert on public."VC Usage";
drop function private.link_waiting_chats(uuid, integer);
drop function private.set_chat_sync(boolean);
drop function private.sync_chats_from_customers();
drop function private.sync_customers_from_changed_chats();
drop table private.waiting_counts;
drop function private.sync_customers_from_new_chats();
