drop trigger companies_rekey on public.companies;
drop function private.begin_rekeying();
drop function private.is_rekeying(uuid);
drop table private.phone_rekeys;
drop trigger customers_keys on public.customers;
drop function private.key_customer();
alter table public.customers
  drop column name_key,
  drop column email_key,
  drop column phone_key;
drop function private.phone_key(text, text);
drop function private.without_trunk(text, private.calling_codes);
drop function private.email_key(text);
drop function private.name_key(text);
drop function private.fold(text);
drop table private.calling_codes;
-- The extensions stay: others may have come to use them.
