drop table public.customers;
drop function private.tags_are_short;
