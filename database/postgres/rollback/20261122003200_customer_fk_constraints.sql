-- Chats say again what they said themselves, then the link goes with all that was remembered for it.
update public."VC Usage" h
   set customer_name = k.customer_name, customer_email = k.customer_email,
       customer_phone = k.customer_phone, customer_address = k.customer_address
  from private.chat_contact_originals k
 where h.company_id = k.company_id and h.id = k.chat_id;

drop view public.customer_sync_status;
drop table public.chat_link_candidates;
drop table public.customer_suggestions;
drop function private.leave_duplicate_behind();
drop table private.chat_contact_originals;
drop table private.identity_claims;
drop function private.claim_key(text);
drop trigger vc_usage_keys on public."VC Usage";
drop function private.key_chat();
-- Constraints and indexes go with their columns.
alter table public."VC Usage"
  drop constraint fk_vc_usage_customer,
  drop column customer_id,
  drop column customer_linked_at,
  drop column customer_link_source,
  drop column name_key,
  drop column email_key,
  drop column phone_key;
