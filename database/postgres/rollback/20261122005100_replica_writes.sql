drop table public.quote_requests;
drop function private.stamp_quote_request();
alter table public.quotes drop constraint quotes_company_id_id_key;

drop trigger import_batches_stamp on public.import_batches;
drop function private.stamp_import_batch();
-- Batches of people who have left can't satisfy the old key.
delete from public.import_batches b
 where not exists (select from public.company_members m where m.company_id = b.company_id and m.user_id = b.user_id);
alter table public.import_batches
  drop column user_name,
  drop constraint import_batches_company_fkey,
  add constraint import_batches_member_fkey foreign key (company_id, user_id)
    references public.company_members (company_id, user_id) on delete cascade;

drop trigger customer_interactions_count_views on public.customer_interactions;
drop trigger customer_interactions_stamp on public.customer_interactions;
drop function private.count_views();
drop function private.stamp_interaction();
drop policy customer_interactions_insert on public.customer_interactions;
revoke insert (id, company_id, customer_id, session_id, interaction_type, viewed_at)
  on public.customer_interactions from authenticated;
