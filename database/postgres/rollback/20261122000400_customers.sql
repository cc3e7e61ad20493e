drop function private.customer_field_names;
drop function private.customer_fields;
drop table public.customers;
drop function private.tags_are_short;
