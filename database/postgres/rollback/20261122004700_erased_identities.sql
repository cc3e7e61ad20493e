drop function public.dismiss_erasure_flag(uuid, uuid);
drop function private.dismiss_erasure_flag(uuid, uuid);
drop index public.customers_flagged_idx;
drop trigger customers_zz_flag_erased on public.customers;
drop function private.flag_erased_identity();
drop function private.name_address_key(text, text);
drop function private.identity_hash(bytea, text, text);
drop table private.erased_identities;
drop table private.company_secrets;
